/** A JSON Schema (draft 2020-12), as the config's own schema holds it. */
export type JsonSchema = Readonly<Record<string, unknown>>;
