import { readFileSync } from "node:fs";
import { Ajv2020, type ValidateFunction } from "ajv/dist/2020.js";
import formats from "ajv-formats";

/** One of `schemas/`, by its name. */
export const schema = (name: string): object =>
  JSON.parse(readFileSync(new URL(`../../schemas/${name}.schema.json`, import.meta.url), "utf8")) as object;
const ajv = new Ajv2020({ strict: true, strictRequired: false, allErrors: true });
formats.default(ajv);
for (const name of ["plan", "results", "drift", "adoption"]) ajv.addSchema(schema(name));

/** Whether a value is a line that `--json` may print; sets `errors`. */
export const validEvent: ValidateFunction = ajv.compile(schema("events"));

/** Throws for an event that the contract does not know: every test that reads `--json` checks it. */
export function mustFit(events: readonly { readonly type: string }[]): void {
  for (const event of events) {
    if (validEvent(event)) continue;
    const told = validEvent.errors
      ?.map(({ instancePath, message }) => `${instancePath} ${message ?? ""}`)
      .join("; ");
    throw new Error(
      `schemas/events.schema.json refuses ${JSON.stringify(event).slice(0, 500)}: ${told ?? ""}`,
    );
  }
}
