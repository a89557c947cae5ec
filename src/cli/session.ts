import type { ConfigChoice } from "../config/choice.js";
import type { Emit } from "../model/event.js";
import { EVENTS_FORMAT, type JsonEvent, ndjson } from "../report/ndjson.js";
import type { Palette } from "../report/palette.js";
import { plain } from "../report/palette.js";
import { onScreen } from "../report/printable.js";
import { palette } from "./colour.js";
import { Progress } from "./progress.js";
import { tool } from "./version.js";

/** Options that every command takes. */
export interface GlobalOptions extends ConfigChoice {
  readonly json: boolean;
  readonly color: boolean;
}

/** Where a command's output goes: people read text, programs read NDJSON, and both may be at it at once. */
export class Session {
  readonly options: GlobalOptions;
  readonly paint: Palette;
  readonly #progress: Progress;

  constructor(options: GlobalOptions) {
    this.options = options;
    const human = options.json ? process.stderr : process.stdout;
    this.paint = palette({ allowed: options.color, isTTY: human.isTTY === true, env: process.env });
    const quiet = palette({ allowed: options.color, isTTY: process.stderr.isTTY === true, env: process.env });
    this.#progress = new Progress(process.stderr, quiet);
    this.event({ type: "version", format: EVENTS_FORMAT, tool: tool(), environment: options.environment });
  }

  /** What every use case that reads the config starts from. */
  get choice(): ConfigChoice {
    const { cwd, configPath, environment } = this.options;
    return { cwd, configPath, environment };
  }

  /** A line for programs; nothing without `--json`. */
  event(event: JsonEvent): void {
    if (this.options.json) process.stdout.write(ndjson(event, new Date().toISOString()));
  }

  /** The result for people: stdout, or stderr while NDJSON owns stdout. */
  say(text: string): void {
    if (text === "") return;
    this.#progress.clear();
    const safe = onScreen(text, this.paint !== plain);
    (this.options.json ? process.stderr : process.stdout).write(safe.endsWith("\n") ? safe : `${safe}\n`);
  }

  /** Remarks that are no result. */
  note(text: string): void {
    this.#progress.clear();
    process.stderr.write(`${onScreen(text, this.paint !== plain)}\n`);
  }

  /** What happens meanwhile. */
  readonly emit: Emit = (event) => {
    this.event(event);
    this.#progress.show(event);
  };

  /** Leaves the terminal as it should be. */
  close(): void {
    this.#progress.clear();
  }
}
