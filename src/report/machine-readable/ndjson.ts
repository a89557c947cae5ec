import type { Diagnostic } from "../../model/diagnostic.js";
import type { RunEvent } from "../../model/run/event.js";
import type { Plan } from "../../model/plan/plan.js";
import type { RunResult } from "../../model/run/run.js";
import type { TestResult } from "../../model/reports/test-result.js";
import { escapeJsonForScreen } from "../layout/printable.js";
import type { ResultCommand } from "./result-commands.js";
import type { Totals } from "../../plan/totals.js";

/** Version of the event stream. Readers ignore what they do not know and refuse another major version. */
export const EVENTS_FORMAT = "1.0";

/** Everything that `--json` prints, one object a line; `schemas/events.schema.json` is the contract. */
export type JsonEvent =
  | {
      readonly type: "version";
      readonly format: typeof EVENTS_FORMAT;
      readonly tool: string;
      /** As chosen; a config without environments refuses it. */
      readonly environment?: string | undefined;
    }
  | RunEvent
  | { readonly type: "diagnostic"; readonly diagnostic: Diagnostic }
  | { readonly type: "plan"; readonly plan: Plan }
  | { readonly type: "plan-summary"; readonly message: string; readonly totals: Totals }
  | { readonly type: "run"; readonly run: RunResult }
  | { readonly type: "run-summary"; readonly message: string }
  /** A case of `rollcall test`; shows the values of the test's own rows. */
  | { readonly type: "test-result"; readonly result: TestResult }
  | {
      readonly type: "test-summary";
      readonly passed: number;
      readonly failed: number;
      readonly milliseconds: number;
    }
  /** What a command other than plan and apply found; `command` says how to read `data`. */
  | { readonly type: "result"; readonly command: ResultCommand; readonly data: unknown }
  | { readonly type: "error"; readonly kind: string; readonly message: string; readonly hint?: string }
  /** The last line. */
  | { readonly type: "end"; readonly exitCode: number };

/** One line of the stream, newline included. `time` is when it was written, ISO. */
export function ndjson(event: JsonEvent, time: string): string {
  const { type, ...rest } = event;
  return `${escapeJsonForScreen(JSON.stringify({ type, time, ...rest }))}\n`;
}
