import { randomUUID } from "node:crypto";
import { access, constants, rename, writeFile } from "node:fs/promises";
import { dirname, resolve } from "node:path";
import { Failure } from "../model/failure.js";

/** Says that a file cannot be written there before anything else is done. */
export async function mustBeWritable(path: string, option: string): Promise<void> {
  try {
    await access(dirname(resolve(path)), constants.W_OK);
  } catch (error) {
    throw cannotWrite(path, option, error);
  }
}

/** Writes a small document whole or not at all. */
export async function writeJson(path: string, value: object, option: string): Promise<void> {
  const beside = `${path}.${randomUUID()}.tmp`;
  try {
    await writeFile(beside, `${JSON.stringify(value, undefined, 1)}\n`, { mode: 0o600, flag: "wx" });
    await rename(beside, path);
  } catch (error) {
    throw cannotWrite(path, option, error);
  }
}

function cannotWrite(path: string, option: string, error: unknown): Failure {
  const code = (error as NodeJS.ErrnoException).code ?? "unknown";
  return new Failure("invalid", `${option} ${path} cannot be written (${code}).`, {
    hint: "Name a file in a folder that is there and that you may write to.",
  });
}
