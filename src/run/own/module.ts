import { pathToFileURL } from "node:url";
import { Failure } from "../../model/failure.js";

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
    const kind = error instanceof Error ? error.name : "something that is not an error";
    throw new Failure("permanent", `${whose} has a mistake (${kind}).`, {
      hint: "What goes wrong as it may has to be a `Failure` of the kit.",
      cause: error,
    });
  }
}
