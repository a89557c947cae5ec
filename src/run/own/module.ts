import { constants } from "node:os";
import { pathToFileURL } from "node:url";
import { Failure, type FailureKind } from "../../model/failure.js";
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

/** Of what a module opened on the network, or looked up there. */
const NETWORK = /^(?:ECONN[A-Z]+|ENET[A-Z]+|EHOST[A-Z]+|ETIMEDOUT|ENOTFOUND|EAI_AGAIN)$/u;

/** The code of a system call that did not work, and nothing else that a module may have put there. */
function refusedWith(error: unknown): string | undefined {
  if (!(error instanceof Error) || !("syscall" in error)) return undefined;
  const { code } = error as NodeJS.ErrnoException;
  if (code === undefined) return undefined;
  return NETWORK.test(code) || Object.hasOwn(constants.errno, code) ? code : undefined;
}

/** Neither the path nor the address is told: a module may have made it of anything. */
function troubleOf(whose: string, code: string, cause: unknown): Failure {
  const { kind, why, hint } = explainCode(code);
  return new Failure(kind, `${whose} could not go on: ${why} (${code}).`, { hint, cause });
}

function explainCode(code: string): { kind: FailureKind; why: string; hint: string } {
  if (code === "ENOSPC" || code === "EDQUOT")
    return {
      kind: "permanent",
      why: "a disk of this machine is full",
      hint: "Make room there, or set TMPDIR to a folder that has it, then run again.",
    };
  if (NETWORK.test(code))
    return {
      kind: "transient",
      why: "what it asked for on the network cannot be reached",
      hint: "Check the address that it asks and the way there, then run again.",
    };
  return {
    kind: "permanent",
    why: "this machine did not let it",
    hint: "Check what the module opens here, its permissions, and the limits of this machine.",
  };
}
