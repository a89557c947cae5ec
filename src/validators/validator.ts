/** A validator that ajv made of a schema; what is wrong is in `errors` until the next call. */
export interface Validator {
  (value: unknown): boolean;
  readonly errors?: readonly SchemaError[] | null;
}

/** What ajv says about one broken rule. */
export interface SchemaError {
  readonly instancePath: string;
  readonly schemaPath: string;
  readonly keyword: string;
  readonly params: Readonly<Record<string, unknown>>;
  /** Set when the error is about the name of a key. */
  readonly propertyName?: string;
  /** Missing where people wrote the document: it is told in words of our own. */
  readonly message?: string;
}

/** Every rule that a value breaks. */
export function findErrors(value: unknown, validate: Validator): readonly SchemaError[] {
  return validate(value) ? [] : (validate.errors ?? []);
}

/** What is wrong with a document that Rollcall wrote; undefined when nothing is. */
export function findProblem(value: unknown, validate: Validator): string | undefined {
  if (validate(value)) return undefined;
  const { instancePath = "", message = "is wrong" } = validate.errors?.[0] ?? {};
  return `${instancePath === "" ? "the document" : instancePath} ${message}`;
}
