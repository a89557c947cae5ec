import { readFile } from "node:fs/promises";
import { Failure } from "../model/failure.js";

/** The JSON Schemas that are part of the interface. */
export const SCHEMAS = [
  "config",
  "test",
  "plan",
  "plan-file",
  "results",
  "drift",
  "adoption",
  "events",
  "state-root",
  "notice",
] as const;

/** The text of a schema file. Throws `Failure("invalid")` for a name that there is not. */
export async function readSchema(name: string): Promise<string> {
  if (!(SCHEMAS as readonly string[]).includes(name)) {
    throw new Failure("invalid", `There is no schema "${name}".`, {
      hint: `Take one of ${SCHEMAS.join(", ")}.`,
    });
  }
  return readFile(new URL(`../../schemas/${name}.schema.json`, import.meta.url), "utf8");
}
