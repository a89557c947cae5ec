import { CommanderError } from "commander";
import { EVENTS_FORMAT, ndjson } from "../report/ndjson.js";
import { endProcess } from "../platform/stuck.js";
import type { Outcome } from "./command.js";
import { EXIT } from "./exit-code.js";
import { program } from "./program.js";
import { tool } from "./version.js";

/** Understands the words, runs the command, and ends the process when everything is written. */
export async function main(words: readonly string[]): Promise<void> {
  endQuietlyWhenNobodyReads();
  const outcome: Outcome = { code: EXIT.done };
  const rollcall = program(outcome);
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
  await flushed();
  // Sockets that a server keeps alive must not keep us; what had to be awaited was.
  endProcess(outcome.code);
}

function usageAsJson(message: string): void {
  const time = new Date().toISOString();
  process.stdout.write(ndjson({ type: "version", format: EVENTS_FORMAT, tool: tool() }, time));
  process.stdout.write(
    ndjson({ type: "error", kind: "invalid", message: message.replace(/^error: /u, "") }, time),
  );
  process.stdout.write(ndjson({ type: "end", exitCode: EXIT.invalid }, time));
}

async function flushed(): Promise<void> {
  for (const stream of [process.stdout, process.stderr]) {
    await new Promise<void>((resolve) => {
      if (stream.destroyed || stream.writableEnded) resolve();
      else stream.write("", () => resolve());
    });
  }
}

/** `rollcall plan | head` closes the pipe; that is no error worth a stack. */
function endQuietlyWhenNobodyReads(): void {
  for (const stream of [process.stdout, process.stderr]) {
    stream.on("error", (error: NodeJS.ErrnoException) => {
      if (error.code !== "EPIPE") throw error;
      stream.destroy();
    });
  }
}
