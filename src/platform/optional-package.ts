import { Failure } from "../model/failure.js";

/** Loads a package that only those install who need it. */
export async function loadOptionalPackage<Module>(
  name: string,
  what: string,
  load: () => Promise<Module>,
): Promise<Module> {
  try {
    return await load();
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    // Of something that it needs in turn, the error is its own.
    if (code !== "ERR_MODULE_NOT_FOUND" || !message.includes(`'${name}'`)) throw error;
    throw new Failure("invalid", `${what} needs the package ${name}, which is not installed`, {
      hint: `Run \`npm install ${name}\` beside rollcall, then try again.`,
    });
  }
}
