import { type ConfigChoice, invocationOf } from "../../config/choice.js";
import { completeCommands, type Invocation } from "../../model/words/command-line.js";
import type { Emit } from "../../model/run/event.js";
import { completeMessages } from "../../report/machine-readable/complete-messages.js";
import { EVENTS_FORMAT, type JsonEvent, ndjson } from "../../report/machine-readable/ndjson.js";
import type { Palette } from "../../report/layout/palette.js";
import { plain } from "../../report/layout/palette.js";
import { escapeForScreen } from "../../report/layout/printable.js";
import { WIDTH } from "../../report/layout/text.js";
import { disarmRunnerCommands } from "../../report/machine-readable/runner-commands.js";
import { palette } from "./colour.js";
import { EXIT, type ExitCode } from "../process/exit-code.js";
import { JsonFile } from "../options/json-file.js";
import { Progress } from "./progress.js";
import { tool } from "../version.js";

/** Options that every command takes. */
export interface GlobalOptions extends ConfigChoice {
  readonly json: boolean;
  readonly color: boolean;
}

/** Where a command's output goes: people read text, programs read NDJSON, and both may be at it at once. */
export class Output {
  readonly options: GlobalOptions;
  readonly paint: Palette;
  readonly #progress: Progress;
  #file: JsonFile | undefined;
  #timezone = "UTC";

  constructor(options: GlobalOptions) {
    this.options = options;
    const human = options.json ? process.stderr : process.stdout;
    this.paint = palette({ allowed: options.color, isTTY: human.isTTY === true, env: process.env });
    const quiet = palette({ allowed: options.color, isTTY: process.stderr.isTTY === true, env: process.env });
    this.#progress = new Progress(process.stderr, quiet);
    this.event(this.#version());
  }

  /** What every use case that reads the config starts from. */
  get choice(): ConfigChoice {
    const { cwd, configPath, environment } = this.options;
    return { cwd, configPath, environment, heard: ({ timezone }) => (this.#timezone = timezone) };
  }

  /** In which people read times: the config's, once that was read. */
  get timezone(): string {
    return this.#timezone;
  }

  /** Columns that a line may have. What is piped somewhere keeps a line a row, whatever its width. */
  get width(): number {
    const human = this.options.json ? process.stderr : process.stdout;
    if (!human.isTTY) return Infinity;
    // A pseudo-terminal without a size says 0.
    return human.columns > 0 ? human.columns : WIDTH;
  }

  /** How this run is called, for commands that are told. */
  get invocation(): Invocation {
    return invocationOf(this.options);
  }

  /** Events go into this file as well from now on. Throws when it cannot be written. */
  async jsonInto(path: string): Promise<void> {
    this.#file = await JsonFile.open(path, this.options.cwd);
    this.#file.write(ndjson(this.#version(), new Date().toISOString()));
  }

  /** Whether programs read along. */
  get writesEvents(): boolean {
    return this.options.json || this.#file !== undefined;
  }

  /** A line for programs; nothing without `--json` or `--json-into`. */
  event(event: JsonEvent): void {
    if (!this.writesEvents) return;
    const line = ndjson(completeMessages(event, this.invocation), new Date().toISOString());
    if (this.options.json) process.stdout.write(line);
    this.#file?.write(line);
  }

  /** The last event, and the code to end with: a file of events that is not whole is a failure. */
  end(wanted: ExitCode): ExitCode {
    const fault = this.#file?.fault;
    const exitCode = fault !== undefined && wanted === EXIT.done ? EXIT.failed : wanted;
    this.event({ type: "end", exitCode });
    this.#file?.close();
    if (fault !== undefined) this.note(`error: the file of --json-into is not whole (${fault}).`);
    return exitCode;
  }

  /** The result for people: stdout, or stderr while NDJSON owns stdout. */
  say(text: string): void {
    if (text === "") return;
    this.#progress.clear();
    const safe = this.#safe(text);
    (this.options.json ? process.stderr : process.stdout).write(safe.endsWith("\n") ? safe : `${safe}\n`);
  }

  /** Remarks that are not results. */
  note(text: string): void {
    this.#progress.clear();
    process.stderr.write(`${this.#safe(text)}\n`);
  }

  /** A document on stdout, as it is but for what a runner of CI would take for a command. */
  raw(text: string): void {
    this.#progress.clear();
    process.stdout.write(disarmRunnerCommands(text));
  }

  /** Lines for the runner of CI itself. */
  command(lines: readonly string[]): void {
    this.#progress.clear();
    process.stderr.write(lines.map((line) => `${line}\n`).join(""));
  }

  #version(): JsonEvent {
    const { environment } = this.options;
    return { type: "version", format: EVENTS_FORMAT, tool: tool(), environment };
  }

  #safe(text: string): string {
    const safe = escapeForScreen(completeCommands(text, this.invocation), this.paint !== plain);
    return inCi(process.env) ? disarmRunnerCommands(safe) : safe;
  }

  /** What happens meanwhile. */
  readonly emit: Emit = (event) => {
    this.event(event);
    this.#progress.show(completeMessages(event, this.invocation));
  };

  /** Leaves the terminal as it should be. */
  close(): void {
    this.#progress.clear();
  }
}

/** Runners do what lines of a log tell them. */
function inCi(env: Readonly<Record<string, string | undefined>>): boolean {
  return ["CI", "GITHUB_ACTIONS", "TF_BUILD", "TEAMCITY_VERSION"].some(
    (name) => env[name] !== undefined && env[name] !== "" && env[name] !== "false",
  );
}
