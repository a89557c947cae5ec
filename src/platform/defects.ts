import { channel } from "node:diagnostics_channel";
import { Failure } from "../model/failure.js";
import { explainForeignFault } from "./files/file-fault.js";

/** Where defects are told that did not end the command; whoever wants to see more than their names listens. */
export const DEFECTS = "rollcall:defect";

/**
 * A defect of ours that is kept to the export or account in which it came up.
 * Its own message may quote data, so that only its class is named.
 */
export class Defect extends Failure {
  constructor(error: unknown) {
    super("permanent", describeUnexpected(error), { hint: SEE_MORE, cause: error });
  }
}

export const SEE_MORE =
  "Run again with ROLLCALL_DEBUG=1 to see where. The output may then hold personal data: do not share it unread.";

export function describeUnexpected(error: unknown): string {
  const name = error instanceof Error ? error.name : typeof error;
  const code = error instanceof Error && "code" in error ? error.code : undefined;
  return `Something unexpected went wrong inside rollcall (${name}${typeof code === "string" ? ` ${code}` : ""}).`;
}

/**
 * What is said of an export or account when this was thrown while it was worked
 * on; the others go on. Thrown again is what concerns all of them: an
 * interruption, and trouble with this machine such as a full disk.
 */
export function keptFailure(error: unknown): Failure {
  if (error instanceof Failure && error.kind !== "interrupted") return error;
  const fault = explainForeignFault(error);
  if (fault !== undefined) return fault;
  if (!isDefect(error)) throw error;
  channel(DEFECTS).publish(error);
  return new Defect(error);
}

/** Neither a failure, nor an interruption, nor a system call that did not work. */
export function isDefect(error: unknown): boolean {
  return !(error instanceof Failure) && !isAbort(error) && !(error instanceof Error && "syscall" in error);
}

/** True for what an aborted signal makes Node and undici throw. */
export function isAbort(error: unknown): boolean {
  return (
    error instanceof Error && (error.name === "AbortError" || ("code" in error && error.code === "ABORT_ERR"))
  );
}
