import { readFileSync } from "node:fs";
import { Ajv2020, type ValidateFunction } from "ajv/dist/2020.js";
import formats from "ajv-formats";

/** One of `schemas/`, by its name. */
export const schema = (name: string): object =>
  JSON.parse(readFileSync(new URL(`../../schemas/${name}.schema.json`, import.meta.url), "utf8")) as object;
const ajv = new Ajv2020({ strict: true, strictRequired: false, allErrors: true });
formats.default(ajv);
ajv.addSchema(schema("plan"));

/** Whether a value is a line that `--json` may print; sets `errors`. */
export const validEvent: ValidateFunction = ajv.compile(schema("events"));
