import { subscribe } from "node:diagnostics_channel";
import { DEFECTS } from "../../platform/defects.js";
import { ndjson } from "../../report/machine-readable/ndjson.js";
import { isDebugging } from "./debugging.js";
import { describeError } from "./error-message.js";
import { EXIT } from "./exit-code.js";

/** Node would print the whole error, whose message may quote data. */
export function reportDefects(json: boolean): void {
  subscribe(DEFECTS, (error) => {
    if (!isDebugging()) return;
    process.stderr.write(`${error instanceof Error ? error.stack : String(error)}\n`);
  });
  process.on("uncaughtException", (error) => {
    const told = describeError(error);
    process.stderr.write(`error: ${told.message}\n       ${told.hint ?? ""}\n`);
    if (isDebugging()) process.stderr.write(`${error.stack}\n`);
    if (json) {
      const time = new Date().toISOString();
      process.stdout.write(ndjson({ type: "error", ...told }, time));
      process.stdout.write(ndjson({ type: "end", exitCode: EXIT.failed }, time));
    }
    process.exit(EXIT.failed);
  });
}
