import { dirname } from "node:path";
import { Failure } from "../../model/failure.js";

/** Explains why a file of the run folder could not be written, so that the disk of the state is not blamed; other errors pass. */
export function explainTemporaryFault(error: unknown, path: string): unknown {
  const code = (error as NodeJS.ErrnoException | undefined)?.code;
  if (error instanceof Failure || typeof code !== "string" || code === "ABORT_ERR") return error;
  const full = code === "ENOSPC" || code === "EDQUOT";
  return new Failure(
    "permanent",
    full
      ? `the disk of the temporary folder ${dirname(path)} is full`
      : `the temporary folder ${dirname(path)} cannot be written (${code})`,
    { hint: "Make room there or set TMPDIR to a folder that has it, then run again.", cause: error },
  );
}
