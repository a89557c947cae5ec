import { constants } from "node:os";
import { pathToFileURL } from "node:url";
import { Failure } from "../../model/failure.js";
import { Mistake } from "./mistake.js";

/** A module of the project, which was run when the config was read. */
export async function importModule<Module>(path: string): Promise<Module> {
  return (await import(pathToFileURL(path).href)) as Module;
}

/** What a module throws that is not a `Failure` is a mistake in it, and may hold anything. */
export async function guard<T>(whose: string, signal: AbortSignal, work: () => T): Promise<Awaited<T>> {
  try {
    return await work();
  } catch (error) {
    if (error instanceof Failure) throw error;
    if (signal.aborted) throw new Failure("interrupted", `${whose} was stopped.`, { cause: error });
    if (error instanceof Mistake)
      throw new Failure("permanent", `${whose} has a mistake: ${error.message}.`, {
        hint: error.hint,
        cause: error,
      });
    const code = refusedWith(error);
    if (code !== undefined) throw troubleOf(whose, code, error);
    const kind = error instanceof Error ? error.name : "something that is not an error";
    throw new Failure("permanent", `${whose} has a mistake (${kind}).`, {
      hint: "What goes wrong as it may has to be a `Failure` of the kit.",
      cause: error,
    });
  }
}

/** The code of a system call that did not work, and nothing else that a module may have put there. */
function refusedWith(error: unknown): string | undefined {
  if (!(error instanceof Error) || !("syscall" in error)) return undefined;
  const { code } = error as NodeJS.ErrnoException;
  return code !== undefined && Object.hasOwn(constants.errno, code) ? code : undefined;
}

/** The path is not told: a module may have made it of anything. */
function troubleOf(whose: string, code: string, cause: unknown): Failure {
  const full = code === "ENOSPC" || code === "EDQUOT";
  const why = full ? "a disk of this machine is full" : "this machine did not let it";
  return new Failure("permanent", `${whose} could not go on: ${why} (${code}).`, {
    hint: full
      ? "Make room there, or set TMPDIR to a folder that has it, then run again."
      : "Check what the module opens here, its permissions, and the limits of this machine.",
    cause,
  });
}
