import { findNearest, suggestionFor } from "../diagnostics/nearest.js";
import { isPlainWord } from "../../model/words/plain-word.js";
import type { SchemaError } from "../../validators/validator.js";
import { pathText, type Path, type Problem } from "../diagnostics/problem.js";
import { keysOf } from "./schema-keys.js";
import {
  configSchema,
  resolveReference,
  schemaAt,
  typesWithKey,
  unionTypes,
  wordsOf,
  type SchemaNode,
} from "./schema-lookup.js";

/** A broken schema rule in words. Undefined for errors that only repeat another one. */
export function schemaProblem(error: SchemaError, value: unknown, file?: FileKind): Problem | undefined {
  const path = pointerPath(error.instancePath);
  const schema = schemaAt(path, value, file?.schema);
  const where = path.length === 0 ? (file?.what ?? "the config") : `\`${pathText(path)}\``;
  const words = explain[error.keyword]?.({ error, path, schema, where, value: valueAt(value, path) });
  return words && { severity: "error", at: path, ...words, message: capitalised(words.message) };
}

/** Another kind of file than a config, and its schema without references. */
export interface FileKind {
  readonly what: string;
  readonly schema: SchemaNode;
}

/** What breaks the schema. What nobody has words for breaks it all the same. */
export function schemaProblems(
  errors: readonly SchemaError[],
  value: unknown,
  file?: FileKind,
): { readonly error: SchemaError; readonly problem: Problem }[] {
  const found = errors.flatMap((error) => {
    const problem = schemaProblem(error, value, file);
    return problem === undefined ? [] : [{ error, problem }];
  });
  const [first] = errors;
  if (found.length > 0 || first === undefined) return found;
  const message = `${capitalised(file?.what ?? "the config")} breaks a rule of its schema (${first.keyword}).`;
  return [{ error: first, problem: { severity: "error", code: "wrong-form", message, at: [] } }];
}

interface Broken {
  readonly error: SchemaError;
  readonly path: Path;
  readonly schema: SchemaNode;
  readonly where: string;
  readonly value: unknown;
}

type Words = Pick<Problem, "code" | "message"> & Partial<Problem>;

const explain: Readonly<Record<string, (broken: Broken) => Words | undefined>> = {
  additionalProperties: ({ error, path, schema, where }) => {
    const key = String(error.params["additionalProperty"]);
    // In the place of a secret, whatever is there may be one.
    const isSayableKey = keysOf(configSchema).has(key) || isPlainWord(key);
    const said = isSayableKey && schema.errorMessage === undefined ? `\`${key}\`` : "This key";
    const hint = (): string => {
      const types = typesWithKey(key, schema);
      if (types.length > 0) return `Only type ${types.join(" or ")} knows it.`;
      return suggestionFor(key, Object.keys(schema.properties ?? {}), "key");
    };
    return {
      code: "unknown-key",
      message: `${said} is not known in ${where}.`,
      hint,
      at: [...path, key],
      onKey: true,
    };
  },
  required: ({ error, schema, where }) => {
    // The alternatives of "exactly one of" are reported as one, by oneOf.
    if (/\/oneOf\/\d+\/required$/.test(error.schemaPath)) return undefined;
    const key = String(error.params["missingProperty"]);
    const { description: meaning, enum: values } = resolveReference(schema.properties?.[key] ?? {});
    const kinds = values ?? unionTypes(schema);
    return {
      code: "missing-key",
      message: `\`${key}\` is missing in ${where}.`,
      hint: key === "type" ? `It is one of ${kinds.join(", ")}.` : meaning,
      onKey: true,
    };
  },
  dependentRequired: ({ error, where }) => ({
    code: "missing-key",
    message: `\`${String(error.params["property"])}\` in ${where} needs \`${String(error.params["missingProperty"])}\` beside it.`,
    onKey: true,
  }),
  type: ({ error, schema, where, value }) => {
    const wanted = [error.params["type"]]
      .flat()
      .map(String)
      .map((type) => typeWords[type] ?? type);
    if (schema.errorMessage !== undefined)
      return { code: "literal-secret", message: `${where} ${schema.errorMessage}.` };
    const rule = schema.patternErrorMessage;
    return {
      code: "wrong-type",
      message: `${where} has to be ${wanted.join(" or ")}, not ${kindOf(value)}.`,
      hint: rule === undefined ? schema.description : sentence(rule),
    };
  },
  enum: ({ schema, where, value }) => oneWordOf(wordsOf(schema), where, value),
  const: ({ schema, where, value }) => oneWordOf(wordsOf(schema), where, value),
  discriminator: ({ error, path, schema, where, value }) => {
    const tag = (value as Record<string, unknown>)["type"];
    if (error.params["error"] === "tag" && tag === undefined) return undefined;
    return { ...oneWordOf(unionTypes(schema), `\`type\` of ${where}`, tag), at: [...path, "type"] };
  },
  oneOf: ({ error, schema, where, value }) => {
    if (typeof value !== "object") return undefined;
    const keys = (schema.oneOf ?? []).flatMap((branch) => branch.required ?? []);
    const passing = error.params["passingSchemas"] as readonly number[] | null;
    const list = keys.map((key) => `\`${key}\``).join(", ");
    return passing === null
      ? { code: "missing-key", message: `${where} needs exactly one of ${list}.`, onKey: true }
      : {
          code: "too-many-keys",
          message: `${where} has ${passing.map((index) => `\`${keys[index]}\``).join(" and ")}, which exclude each other.`,
          hint: `Keep exactly one of ${list}.`,
          onKey: true,
        };
  },
  pattern: ({ error, path, schema, where }) => {
    const name = error.propertyName;
    const rule =
      (name === undefined ? schema : resolveReference(schema.propertyNames ?? {})).patternErrorMessage ?? "";
    if (name === undefined) return { code: "wrong-form", message: `${where} is not right: ${rule}.` };
    return {
      code: "wrong-name",
      message: `${isPlainWord(name) || name.length <= SHORT ? `The name \`${name}\`` : "This name"} is not right: ${rule}.`,
      at: [...path, name],
      onKey: true,
    };
  },
  minLength: ({ where }) => ({ code: "empty-value", message: `${where} is empty.` }),
  maxLength: ({ error, where }) => ({
    code: "wrong-form",
    message: `${where} is longer than ${plural(error.params["limit"], "character")}.`,
  }),
  maxItems: ({ error, where }) => ({
    code: "too-many-items",
    message: `${where} has more than ${plural(error.params["limit"], "item")}.`,
  }),
  minItems: ({ where }) => ({ code: "empty-value", message: `${where} is empty.` }),
  minProperties: ({ schema, where }) => ({
    code: "empty-value",
    message: `${where} is empty.`,
    hint: `It may hold ${Object.keys(schema.properties ?? {}).join(", ")}.`,
  }),
  uniqueItems: ({ error, path, where }) => ({
    code: "repeated-item",
    message: `An item stands twice in ${where}.`,
    at: [...path, Math.max(Number(error.params["i"]), Number(error.params["j"]))],
  }),
  maximum: ({ error, where }) => ({
    code: "out-of-range",
    message: `${where} may be at most ${String(error.params["limit"])}.`,
  }),
  minimum: ({ error, where }) => ({
    code: "out-of-range",
    message: `${where} has to be at least ${String(error.params["limit"])}.`,
  }),
};

function oneWordOf(words: readonly string[], where: string, value: unknown): Words {
  return {
    code: "wrong-value",
    message: `${where} has to be ${words.length > 1 ? `one of ${words.join(", ")}` : (words[0] ?? "")}${
      isSayable(value, words) ? `, not ${JSON.stringify(value)}` : ""
    }.`,
    hint:
      typeof value === "string" && words.length > 1 ? did(suggestionFor(value, words, "value")) : undefined,
  };
}

/** No key is as short. */
const SHORT = 4;

/** A long number or an odd text may be anything that was pasted. */
function isSayable(value: unknown, words: readonly string[] = []): boolean {
  if (typeof value === "number") return Number.isSafeInteger(value) && Math.abs(value) < 1_000_000;
  return (
    typeof value === "boolean" ||
    value === null ||
    (typeof value === "string" && (value.length <= SHORT || findNearest(value, words) !== undefined))
  );
}

/** The list of words is in the message already; only a near word is worth a hint. */
function did(hint: string | undefined): string | undefined {
  return hint?.startsWith("Did") === true ? hint : undefined;
}

const typeWords: Readonly<Record<string, string>> = {
  object: "a mapping of keys to values",
  array: "a list",
  string: "text",
  integer: "a whole number",
  number: "a number",
  boolean: "true or false",
};

function kindOf(value: unknown): string {
  if (value === null) return "empty";
  if (Array.isArray(value)) return "a list";
  if (typeof value === "number") return Number.isInteger(value) ? numberWords(value) : "a fraction";
  return (
    { string: "text", boolean: `\`${value === true}\``, object: "a mapping" }[typeof value as string] ??
    "this"
  );
}

function numberWords(value: number): string {
  return isSayable(value) ? `the number ${value}` : "a number";
}

function plural(count: unknown, word: string): string {
  return `${String(count)} ${word}${count === 1 ? "" : "s"}`;
}

function sentence(text: string): string {
  return `${capitalised(text)}.`;
}

function capitalised(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}

function pointerPath(pointer: string): Path {
  return pointer
    .split("/")
    .slice(1)
    .map((part) => part.replaceAll("~1", "/").replaceAll("~0", "~"));
}

function valueAt(value: unknown, path: Path): unknown {
  return path.reduce<unknown>((node, part) => (node as Record<string, unknown> | undefined)?.[part], value);
}
