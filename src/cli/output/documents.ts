import { access, constants } from "node:fs/promises";
import { dirname, resolve } from "node:path";
import { Failure } from "../../model/failure.js";
import { FileFault } from "../../platform/files/file-fault.js";
import { mustStayInside, writeOutput, type OutputOptions } from "../../platform/files/write-output.js";
import { escapeJsonForScreen } from "../../report/layout/printable.js";
import { disarmRunnerCommands } from "../../report/machine-readable/runner-commands.js";
import type { Output } from "./output.js";

/** An output of a command, with the option that names it. */
export interface NamedOutput {
  readonly path: string;
  readonly option: string;
}

/** Says that a file cannot be written there before anything else is done. */
export async function mustBeWritable({ options: { cwd } }: Output, named: NamedOutput): Promise<void> {
  const folder = dirname(resolve(cwd, named.path));
  try {
    await mustStayInside(folder, cwd);
    await access(folder, constants.W_OK);
  } catch (error) {
    throw cannotWrite(named, error);
  }
}

/**
 * Writes what a command names whole or not at all, and never where a link leads.
 * A job may print it, so nothing in it is a command to the job's runner.
 */
export async function writeDocument(
  { options: { cwd } }: Output,
  named: NamedOutput,
  text: string,
  { mode }: Pick<OutputOptions, "mode"> = {},
): Promise<void> {
  try {
    await writeOutput(named.path, disarmRunnerCommands(text), {
      cwd,
      ...(mode === undefined ? {} : { mode }),
    });
  } catch (error) {
    throw cannotWrite(named, error);
  }
}

/** A value as JSON for people and programs: what would hide or reorder what one reads is spelled out. */
export function jsonText(value: unknown): string {
  return `${escapeJsonForScreen(JSON.stringify(value, undefined, 1))}\n`;
}

/** A small document that only its owner reads. */
export async function writeJson(output: Output, named: NamedOutput, value: object): Promise<void> {
  await writeDocument(output, named, jsonText(value), { mode: 0o600 });
}

function cannotWrite({ path, option }: NamedOutput, error: unknown): Failure {
  const why =
    error instanceof FileFault
      ? error.why
      : `cannot be written (${(error as NodeJS.ErrnoException).code ?? "unknown"})`;
  const hint = error instanceof FileFault ? error.hint : undefined;
  return new Failure("invalid", `${option} ${path} ${why}.`, {
    hint: hint ?? "Name a file in a folder that is there and that you may write to.",
    cause: error,
  });
}
