import { Failure } from "../../model/failure.js";
import { sqlState } from "../../platform/postgres/sql-state.js";

const SECRET = "Check the secret that its `url` refers to.";

/**
 * An error of the driver in our words. Its text may hold values, be it that of a function which raises one, and is told
 * only `beforeRows`, where it is about the SQL alone.
 */
export function explainSourceError(
  error: unknown,
  signal: AbortSignal,
  { beforeRows }: { readonly beforeRows: boolean },
): Failure {
  if (signal.aborted) return new Failure("interrupted", "Stopped while the database was read.");
  if (error instanceof Failure) return error;
  const state = sqlState(error);
  if (state === undefined) return noAnswer(error);
  const told = `(${state})`;
  const said = beforeRows ? ` ${told}: ${(error as Error).message}` : ` ${told}`;
  if (state.startsWith("28"))
    return new Failure("auth", `the database refused the user or password ${told}.`, { hint: SECRET });
  if (state === "42501" && /row-level security/.test((error as Error).message))
    return new Failure("refused", `the database would leave out rows by row-level security ${told}.`, {
      hint: "Whoever is left out would leave the list. Let the user bypass it (BYPASSRLS), or read a view of the table's owner that says which rows are meant.",
    });
  if (state === "42501")
    return new Failure("auth", `the user may not read it${said}.`, {
      hint: "Grant the user SELECT on the table, and USAGE on its schema.",
    });
  if (state === "3D000")
    return new Failure("not-found", `there is no such database ${told}.`, { hint: SECRET });
  if (state === "42P01" || state === "3F000")
    return new Failure("not-found", `there is no such table or schema${said}.`, {
      hint: "Name the table with its schema, such as `crm.customers`.",
    });
  if (state === "25006")
    return new Failure("invalid", `its query writes ${told}, and the database is only read.`, {
      hint: "`query` is one SELECT that changes nothing.",
    });
  // What is wrong with the words of a query is known before a row is read.
  if (state.startsWith("42"))
    return new Failure("invalid", `the database does not take its query${said}.`, {
      hint: "Try the query with psql; it is one SELECT without a semicolon in the middle.",
    });
  if (state === "57014")
    return new Failure("transient", `the database did not answer within the \`statementTimeout\` ${told}.`, {
      hint: "Give it more time, or make the query lighter.",
    });
  if (/^(08|40|53|55|57)/.test(state))
    return new Failure("transient", `the database cut the reading off ${told}.`, {
      hint: "Nothing was taken from it. Run the command again.",
    });
  return new Failure("invalid", `its query failed on the data ${told}.`, {
    hint: "Run it with psql, which says at which value.",
  });
}

function noAnswer(error: unknown): Failure {
  const { code: said, message } = error as { code?: unknown; message?: unknown };
  const code = typeof said === "string" && /^[A-Z0-9_]{1,40}$/.test(said) ? ` (${said})` : "";
  if (message === "The server does not support SSL connections")
    return new Failure("permanent", "the database takes no encrypted connections.", {
      hint: "Switch them on in the server, or add `?sslmode=disable` to the address if the network is your own.",
    });
  if (/CERT|_TLS_|SELF_SIGNED|UNABLE_TO_VERIFY/.test(code))
    return new Failure("permanent", `the certificate of the database is not trusted${code}.`, {
      hint: "Name the authority that signed it: `sslrootcert=FILE` in the address, or NODE_EXTRA_CA_CERTS.",
    });
  return new Failure("transient", `the database cannot be reached, or broke the connection${code}.`, {
    hint: `Check the network. ${SECRET}`,
  });
}
