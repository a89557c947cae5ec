import { existsSync } from "node:fs";
import { resolve } from "node:path";
import type { Command } from "commander";
import { Failure } from "../model/failure.js";
import { wrap } from "../report/layout/text.js";
import { isDebugging } from "./process/debugging.js";
import { describeError } from "./process/error-message.js";
import { EXIT, type ExitCode, exitCodeOfError } from "./process/exit-code.js";
import { type Interrupt, onInterrupt } from "./process/interrupt.js";
import { type GlobalOptions, Output } from "./output/output.js";

/** What a command does once its words are understood. */
export type Action = (output: Output, interrupt: Interrupt) => Promise<ExitCode>;

/** Set by the command that ran; `main` exits with it. */
export interface Outcome {
  code: ExitCode;
}

/** Adds one command to the program. */
export type Register = (program: Command, outcome: Outcome) => void;

/** The options that every command shares, accepted before and after the command's name. */
export function addGlobalOptions(command: Command): Command {
  return command
    .option("--json", "print NDJSON events on stdout, text for people on stderr")
    .option("--no-color", "no colours")
    .option("-C, --chdir <dir>", "work in this folder")
    .option("--config <file>", "use this config file instead of searching for exports.config.yaml")
    .option("--env <name>", "which of the config's environments (default: what ROLLCALL_ENV names)");
}

/** Runs an action with output, interrupts and errors handled; the one way in which commands end. */
export async function performAction(
  command: Command,
  outcome: Outcome,
  action: Action,
  { whenStopped }: { whenStopped?: string } = {},
): Promise<void> {
  const output = new Output(sharedOptions(command));
  const interrupt = onInterrupt({ whenStopped, say: (text) => output.note(text) });
  try {
    mustExist(output.options.cwd);
    const { jsonInto } = command.opts<{ jsonInto?: string }>();
    if (jsonInto !== undefined) await output.jsonInto(jsonInto);
    outcome.code = await action(output, interrupt);
  } catch (error) {
    outcome.code = interrupt.stop.aborted ? EXIT.interrupted : exitCodeOfError(error);
    reportFailure(output, error);
  } finally {
    interrupt.release();
    output.close();
  }
  outcome.code = output.end(outcome.code);
}

/** The search for a config would go on in the folders above. */
function mustExist(folder: string): void {
  if (existsSync(folder)) return;
  throw new Failure("invalid", `There is no folder ${folder}.`, { hint: "Check the path after -C." });
}

function reportFailure(output: Output, error: unknown): void {
  const told = describeError(error);
  output.event({ type: "error", ...told });
  const lines = wrap("error: ", told.message).map(output.paint.error);
  if (told.hint !== undefined) lines.push(...wrap("       ", told.hint).map(output.paint.quiet));
  output.note(lines.join("\n"));
  if (isDebugging()) output.note(String(error instanceof Error ? error.stack : error));
}

interface SharedWords {
  json?: boolean;
  color?: boolean;
  chdir?: string;
  config?: string;
  env?: string;
}

function sharedOptions(command: Command): GlobalOptions {
  const here = command.opts<SharedWords>();
  const above = parents(command);
  const chdir = here.chdir ?? above.chdir;
  return {
    json: here.json === true || above.json === true,
    color: here.color !== false && above.color !== false,
    cwd: resolve(chdir ?? "."),
    configPath: here.config ?? above.config,
    environment: here.env ?? above.env ?? fromProcess(process.env.ROLLCALL_ENV),
  };
}

/** CI systems set a variable to nothing where they mean none. */
function fromProcess(value: string | undefined): string | undefined {
  return value === "" ? undefined : value;
}

function parents(command: Command): SharedWords {
  const found = {};
  for (let parent = command.parent; parent !== null; parent = parent.parent) {
    for (const [name, value] of Object.entries(parent.opts<Record<string, unknown>>())) {
      // `--no-color` has the default true, which must not outweigh a false further up.
      if (value === true && name === "color") continue;
      if (!(name in found)) Object.assign(found, { [name]: value });
    }
  }
  return found;
}
