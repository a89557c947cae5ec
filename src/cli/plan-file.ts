import { randomUUID } from "node:crypto";
import { rename, writeFile } from "node:fs/promises";
import { dirname, resolve } from "node:path";
import { access, constants } from "node:fs/promises";
import { Failure } from "../model/failure.js";
import type { PlanFile } from "../model/plan-file.js";

/** Says that a file cannot be written there before anything else is done. */
export async function mustBeWritable(path: string, option: string): Promise<void> {
  try {
    await access(dirname(resolve(path)), constants.W_OK);
  } catch (error) {
    throw cannotWrite(path, option, error);
  }
}

/** Writes a plan file whole or not at all. */
export async function writePlanFile(path: string, file: PlanFile): Promise<void> {
  const beside = `${path}.${randomUUID()}.tmp`;
  try {
    await writeFile(beside, `${JSON.stringify(file, undefined, 1)}\n`, { mode: 0o600, flag: "wx" });
    await rename(beside, path);
  } catch (error) {
    throw cannotWrite(path, "--out", error);
  }
}

function cannotWrite(path: string, option: string, error: unknown): Failure {
  const code = (error as NodeJS.ErrnoException).code ?? "unknown";
  return new Failure("invalid", `${option} ${path} cannot be written (${code}).`, {
    hint: "Name a file in a folder that is there and that you may write to.",
  });
}
