import { Failure } from "../../model/failure.js";
import { isLoopback } from "../http/tls-rule.js";
import type { Secret } from "../secrets/secret.js";

export interface PostgresAddress {
  readonly connectionString: string;
  readonly ssl?: true;
}

/** The address of a database: encrypted, unless it says otherwise in so many words or leads to this machine. `key` is where it is in the config. */
export function parsePostgresAddress(url: Secret, key: string): PostgresAddress {
  const text = url.reveal();
  if (!/^postgres(ql)?:\/\//.test(text) || !URL.canParse(text))
    throw new Failure("invalid", `The secret \`${key}\` is not the address of a PostgreSQL database.`, {
      hint: "It has the form postgresql://user:password@host:5432/database, with signs like @ and / in the password written as %40 and %2F.",
    });
  const { hostname, searchParams } = new URL(text);
  const host = searchParams.get("host") ?? hostname;
  const near = host === "" || host.startsWith("/") || isLoopback(host);
  return { connectionString: text, ...(near || searchParams.has("sslmode") ? {} : { ssl: true }) };
}
