import { Failure } from "../../model/failure.js";
import { explainForeignFault } from "../../platform/files/file-fault.js";
import { isAbort, SEE_MORE, describeUnexpected } from "../../platform/defects.js";

/** What is told about an error that ended a command. */
export interface DescribedError {
  readonly kind: string;
  readonly message: string;
  readonly hint?: string;
}

/**
 * Failures speak for themselves. Any other error is a defect of ours whose
 * message may quote data, so only its class is named; ROLLCALL_DEBUG shows all.
 */
export function describeError(thrown: unknown): DescribedError {
  const error = explainForeignFault(thrown) ?? thrown;
  if (error instanceof Failure) {
    return {
      kind: error.kind,
      message: error.message,
      ...(error.hint === undefined ? {} : { hint: error.hint }),
    };
  }
  if (isAbort(error)) return { kind: "interrupted", message: "Interrupted." };
  return { kind: "unexpected", message: describeUnexpected(error), hint: SEE_MORE };
}
