import { validate } from "./validator.gen.js";

/** What ajv says about one broken rule. */
export interface SchemaError {
  readonly instancePath: string;
  readonly schemaPath: string;
  readonly keyword: string;
  readonly params: Readonly<Record<string, unknown>>;
  /** Set when the error is about the name of a key. */
  readonly propertyName?: string;
}

const run = validate as unknown as ((data: unknown) => boolean) & { errors: SchemaError[] | null };

/** Everything in a parsed config file that breaks the schema. */
export function schemaErrors(value: unknown): readonly SchemaError[] {
  return run(value) ? [] : (run.errors ?? []);
}
