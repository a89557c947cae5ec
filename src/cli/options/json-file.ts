import type { Command } from "commander";
import { Failure } from "../../model/failure.js";
import { FileFault } from "../../platform/files/file-fault.js";
import { openOutput, type OutputFile } from "../../platform/files/write-output.js";

/** For commands whose result programs read while people watch the text. */
export function addJsonIntoOption(command: Command): Command {
  return command.option("--json-into <file>", "write what --json prints into this file, beside the text");
}

/**
 * The events of a run as a file that only its owner reads, a line written as
 * soon as it happens: whatever ends the process, what it told is there. A file
 * without an `end` event is cut short.
 */
export class JsonFile {
  readonly #output: OutputFile;
  #fault: string | undefined;

  private constructor(output: OutputFile) {
    this.#output = output;
  }

  /** Throws `Failure("invalid")` when the file cannot be written. */
  static async open(path: string, cwd: string): Promise<JsonFile> {
    try {
      return new JsonFile(await openOutput(path, { cwd, mode: 0o600 }));
    } catch (error) {
      if (!(error instanceof FileFault)) throw error;
      throw new Failure("invalid", `--json-into: ${path} ${error.why}.`, {
        hint: `${error.hint ?? "Check the path and its permissions."} Nothing was sent.`,
        cause: error,
      });
    }
  }

  /** Why a line could not be written; the lines after it were not either. */
  get fault(): string | undefined {
    return this.#fault;
  }

  write(line: string): void {
    if (this.#fault !== undefined) return;
    try {
      this.#output.write(line);
    } catch (error) {
      // The run is worth more than its record.
      this.#fault = (error as NodeJS.ErrnoException).code ?? "unknown";
      this.close();
    }
  }

  close(): void {
    this.#output.close();
  }
}
