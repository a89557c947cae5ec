import { CommanderError } from "commander";
import { EVENTS_FORMAT, ndjson } from "../report/machine-readable/ndjson.js";
import { endProcess } from "../platform/stuck.js";
import type { Outcome } from "./command.js";
import { EXIT } from "./process/exit-code.js";
import { watchOutput } from "./process/lost-output.js";
import { createProgram } from "./program.js";
import { tool } from "./version.js";

/** Understands the words, runs the command, and ends the process when everything is written. */
export async function main(words: readonly string[]): Promise<void> {
  const ended = watchOutput();
  const outcome: Outcome = { code: EXIT.done };
  const rollcall = createProgram(outcome);
  try {
    if (words.length === 0) rollcall.outputHelp();
    else await rollcall.parseAsync(words, { from: "user" });
  } catch (error) {
    if (!(error instanceof CommanderError)) throw error;
    if (error.exitCode !== 0) {
      outcome.code = EXIT.invalid;
      if (words.includes("--json")) usageAsJson(error.message);
    }
  }
  // Sockets that a server keeps alive must not keep us; what had to be awaited was.
  endProcess(await ended(outcome.code));
}

function usageAsJson(message: string): void {
  const time = new Date().toISOString();
  process.stdout.write(ndjson({ type: "version", format: EVENTS_FORMAT, tool: tool() }, time));
  process.stdout.write(
    ndjson({ type: "error", kind: "invalid", message: message.replace(/^error: /u, "") }, time),
  );
  process.stdout.write(ndjson({ type: "end", exitCode: EXIT.invalid }, time));
}
