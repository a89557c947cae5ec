import { closeSync, fchmodSync, fstatSync, openSync, writeSync } from "node:fs";
import type { Command } from "commander";
import { Failure } from "../model/failure.js";

/** For commands whose result programs read while people watch the text. */
export function jsonIntoOption(command: Command): Command {
  return command.option("--json-into <file>", "write what --json prints into this file, beside the text");
}

/**
 * The events of a run as a file that only its owner reads, a line written as
 * soon as it happens: whatever ends the process, what it told is there. A file
 * without an `end` event is cut short.
 */
export class JsonFile {
  #descriptor: number | undefined;
  #fault: string | undefined;

  /** Throws `Failure("invalid")` when the file cannot be written. */
  constructor(path: string) {
    try {
      this.#descriptor = openSync(path, "w", 0o600);
      // Another one's mode stays when it is overwritten, and pipes have none.
      if (fstatSync(this.#descriptor).isFile()) fchmodSync(this.#descriptor, 0o600);
    } catch (error) {
      throw new Failure("invalid", `--json-into: ${path} cannot be written (${codeOf(error)}).`, {
        hint: "Check the path and its permissions. Nothing was sent.",
        cause: error,
      });
    }
  }

  /** Why a line could not be written; the lines after it were not either. */
  get fault(): string | undefined {
    return this.#fault;
  }

  write(line: string): void {
    if (this.#descriptor === undefined) return;
    try {
      const bytes = Buffer.from(line);
      for (let at = 0; at < bytes.length;) at += writeSync(this.#descriptor, bytes, at);
    } catch (error) {
      // The run is worth more than its record.
      this.#fault = codeOf(error);
      this.close();
    }
  }

  close(): void {
    if (this.#descriptor !== undefined) closeSync(this.#descriptor);
    this.#descriptor = undefined;
  }
}

function codeOf(error: unknown): string {
  return (error as NodeJS.ErrnoException).code ?? "unknown";
}
