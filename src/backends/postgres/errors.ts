import { Failure } from "../../model/failure.js";
import { sqlState } from "../../platform/postgres/sql-state.js";
import { unknownOutcome } from "../failures.js";

/** Tables or their schema are not there. */
export function isMissingTable(error: unknown): boolean {
  return ["42P01", "3F000"].includes(sqlState(error) ?? "");
}

/** What happened when: before anything was asked, while reading, or while something was written. */
export type Phase = "connect" | "read" | "write";

/** An error of the driver in our words; its text may hold names and values, so it is not passed on. */
export function explainPostgresError(error: unknown, phase: Phase, label: string): Failure {
  if (error instanceof Failure) return error;
  const state = sqlState(error);
  if (state === undefined) return noAnswer(error, phase, label);
  const described = `(${state})`;
  if (state.startsWith("28"))
    return new Failure("auth", `${label} refused the user or password ${described}`, {
      hint: "Check the secret that `state.url` refers to.",
    });
  if (state === "42501")
    return new Failure("auth", `the user may not do this in ${label} ${described}`, {
      hint: "It needs usage of the schema, and select, insert, update and delete on its tables; the first run also needs to make them.",
    });
  if (state === "3D000")
    return new Failure("not-found", `the database of ${label} does not exist ${described}`, {
      hint: "Make it with `createdb`, or name another one in the secret that `state.url` refers to.",
    });
  if (state === "25006")
    return new Failure("permanent", `${label} can only be read ${described}`, {
      hint: "It is a replica, or set to read only. Give the address of the primary.",
    });
  if (state === "53100")
    return new Failure("permanent", `the disk of ${label} is full ${described}`, {
      hint: "Nothing that was recorded is lost. Make room, then run the same command again.",
    });
  // Shutting down or starting: what came before the end of a transaction is not known.
  if (/^(08|57P)/.test(state) && phase === "write") return unknownOutcome(label, `was cut off ${described}`);
  if (/^(08|40|53|55|57)/.test(state))
    return new Failure("transient", `${label} is busy or restarting ${described}`, {
      hint: "Run the command again later.",
    });
  return new Failure("permanent", `${label} refused a statement ${described}`, {
    hint: "If the tables were changed by hand, restore them from a backup.",
  });
}

function noAnswer(error: unknown, phase: Phase, label: string): Failure {
  const { code: said, message } = error as { code?: unknown; message?: unknown };
  const code = typeof said === "string" && /^[A-Z0-9_]{1,40}$/.test(said) ? ` (${said})` : "";
  if (message === "The server does not support SSL connections")
    return new Failure("permanent", `${label} takes no encrypted connections`, {
      hint: "Switch them on in the server, or add `?sslmode=disable` to the address if the network is your own.",
    });
  if (/CERT|_TLS_|SELF_SIGNED|UNABLE_TO_VERIFY/.test(code))
    return new Failure("permanent", `the certificate of ${label} is not trusted${code}`, {
      hint: "Name the authority that signed it: `sslrootcert=FILE` in the address, or NODE_EXTRA_CA_CERTS.",
    });
  if (phase === "write") return unknownOutcome(label, `lost the connection${code}`);
  return new Failure(
    "transient",
    phase === "connect" ? `${label} cannot be reached${code}` : `${label} lost the connection${code}`,
    { hint: "Check the network and the secret that `state.url` refers to, then run again." },
  );
}
