import type { Pool, PoolConfig } from "pg";
import { Failure } from "../../model/failure.js";
import type { Secret } from "../../platform/secrets/secret.js";
import { isLoopback } from "../../platform/http/tls-rule.js";
import { loadOptionalPackage } from "../optional-package.js";

const CONNECT_MS = 15_000;

/** Connections to the database, made when they are needed and no reason for the process to go on. */
export async function createPool(url: Secret): Promise<Pool> {
  const { default: pg } = await loadOptionalPackage("pg", "State in PostgreSQL", () => import("pg"));
  const pool = new pg.Pool({
    ...parsed(url),
    application_name: "rollcall",
    max: 4,
    keepAlive: true,
    connectionTimeoutMillis: CONNECT_MS,
    allowExitOnIdle: true,
  });
  // A connection that breaks while nobody uses it is replaced.
  pool.on("error", () => undefined);
  return pool;
}

/** Encrypted, unless the address says otherwise in so many words or leads to this machine. */
function parsed(url: Secret): PoolConfig {
  const text = url.reveal();
  if (!/^postgres(ql)?:\/\//.test(text) || !URL.canParse(text))
    throw new Failure("invalid", "The secret `state.url` is not the address of a PostgreSQL database.", {
      hint: "It has the form postgresql://user:password@host:5432/database, with signs like @ and / in the password written as %40 and %2F.",
    });
  const { hostname, searchParams } = new URL(text);
  const host = searchParams.get("host") ?? hostname;
  const near = host === "" || host.startsWith("/") || isLoopback(host);
  return { connectionString: text, ...(near || searchParams.has("sslmode") ? {} : { ssl: true }) };
}
