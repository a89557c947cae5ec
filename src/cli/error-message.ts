import { Failure } from "../model/failure.js";
import { isAbort } from "./exit-code.js";

/** What is told about an error that ended a command. */
export interface Told {
  readonly kind: string;
  readonly message: string;
  readonly hint?: string;
}

/**
 * Failures speak for themselves. Any other error is a defect of ours whose
 * message may quote data, so only its class is named; ROLLCALL_DEBUG shows all.
 */
export function tell(error: unknown): Told {
  if (error instanceof Failure) {
    return {
      kind: error.kind,
      message: error.message,
      ...(error.hint === undefined ? {} : { hint: error.hint }),
    };
  }
  if (isAbort(error)) return { kind: "interrupted", message: "Interrupted." };
  const name = error instanceof Error ? error.name : typeof error;
  const code =
    error instanceof Error && "code" in error && typeof error.code === "string" ? ` ${error.code}` : "";
  return {
    kind: "unexpected",
    message: `Something unexpected went wrong inside rollcall (${name}${code}).`,
    hint: "Run again with ROLLCALL_DEBUG=1 to see where. The output may then hold personal data: do not share it unread.",
  };
}
