import { existsSync, readFileSync } from "node:fs";
import { type AnySchema, Ajv, type ValidateFunction } from "ajv";
import formats from "ajv-formats";
import type { Exchange } from "../../src/sandbox/index.js";
import { EXCEPTIONS } from "./oracle-exceptions.js";

/**
 * Checks exchanges against the contracts that the vendors publish. The files
 * lie outside the project; without them nothing is checked.
 */
const FOLDER = new URL("../../../shared/oracles/", import.meta.url);
const FILES = {
  brevo: ["brevo/brevo-focused.corrected.json"],
  sendgrid: [
    "sendgrid/sendgrid-mc-merged.json",
    "sendgrid/tsg_suppressions_v3.json",
    "sendgrid/tsg_scopes_v3.json",
  ],
} as const;

export const oraclesPresent = existsSync(new URL(FILES.brevo[0], FOLDER));
/** Why a test that needs them is skipped. */
export const WITHOUT_ORACLES = "the vendors' published contracts are not beside the project";

type Json = Record<string, unknown>;

interface Operation {
  readonly file: string;
  readonly pointer: readonly string[];
  readonly segments: readonly string[];
  readonly method: string;
  readonly definition: Json;
}

const ajv = new Ajv({ strict: false, allErrors: true, coerceTypes: false, validateSchema: false });
formats.default(ajv);
for (const name of ["int64", "int32", "float", "double", "url"]) ajv.addFormat(name, true);

const documents = new Map<string, Json>();
const operations = new Map<string, Operation[]>();
const validators = new Map<string, ValidateFunction>();

/** What an exchange violates, each as `request: …` or `response: …`; empty when all is well or there are no contracts. */
export function checkExchange(exchange: Exchange): string[] {
  if (!oraclesPresent) return [];
  const operation = findOperation(exchange);
  if (operation === undefined) return [`request: the contract has no ${exchange.method} ${exchange.path}`];
  const violations = [
    ...checkQuery(operation, exchange),
    ...checkRequestBody(operation, exchange),
    ...(exchange.faulty ? [] : checkResponse(operation, exchange)),
  ];
  return violations.filter((text) => !EXCEPTIONS.some((known) => known.applies(exchange, text)));
}

function checkQuery(operation: Operation, exchange: Exchange): string[] {
  const parameters = (operation.definition["parameters"] ?? []) as Json[];
  const violations: string[] = [];
  for (const [index, given] of parameters.entries()) {
    const parameter = resolve(operation.file, given);
    if (parameter["in"] !== "query") continue;
    const name = String(parameter["name"]);
    const raw = exchange.query[name];
    if (raw === undefined) {
      if (parameter["required"] === true) violations.push(`request: query ${name} is missing`);
      continue;
    }
    const schema = (parameter["schema"] ?? {}) as Json;
    const value = schema["type"] === "array" ? [raw].flat().map(typed) : typed(String(raw), schema["type"]);
    const key = `${operation.pointer.join("/")} parameter ${index}`;
    violations.push(...validate(key, operation.file, schema, value, `request: query ${name}`));
  }
  return violations;
}

/** A query value in the type that the contract wants, where it can be read as such. */
function typed(text: string, type: unknown): unknown {
  if (type === "string") return text;
  if (text === "true" || text === "false") return text === "true";
  return text !== "" && !Number.isNaN(Number(text)) ? Number(text) : text;
}

function checkRequestBody(operation: Operation, exchange: Exchange): string[] {
  const wanted = resolve(operation.file, (operation.definition["requestBody"] ?? {}) as Json);
  const schema = schemaOf(wanted);
  if (schema === undefined) return [];
  if (exchange.requestBody === undefined)
    return wanted["required"] === true ? ["request: the body is missing"] : [];
  const key = `${operation.pointer.join("/")} request`;
  return validate(key, operation.file, schema, exchange.requestBody, "request: body");
}

function checkResponse(operation: Operation, exchange: Exchange): string[] {
  const responses = operation.definition["responses"] as Json;
  const found = responses[String(exchange.status)];
  if (found === undefined) return [`response: status ${exchange.status} is not in the contract`];
  const schema = schemaOf(resolve(operation.file, found as Json));
  if (schema === undefined || exchange.status === 204) return [];
  const key = `${operation.pointer.join("/")} ${exchange.status}`;
  return validate(key, operation.file, schema, exchange.responseBody, `response: ${exchange.status} body`);
}

function validate(key: string, file: string, schema: Json, value: unknown, label: string): string[] {
  let check = validators.get(`${file} ${key}`);
  if (check === undefined) {
    check = ajv.compile(absolute(file, schema) as AnySchema);
    validators.set(`${file} ${key}`, check);
  }
  if (check(value)) return [];
  return (check.errors ?? []).map(
    (error) => `${label}${error.instancePath} ${error.message ?? "is invalid"}`,
  );
}

/** References of a schema that was cut out of its document, with the document's name. */
function absolute(file: string, value: unknown): unknown {
  if (Array.isArray(value)) return value.map((item) => absolute(file, item));
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([name, item]) => [
      name,
      name === "$ref" && typeof item === "string" && item.startsWith("#")
        ? `${file}${item}`
        : absolute(file, item),
    ]),
  );
}

function schemaOf(holder: Json): Json | undefined {
  const content = holder["content"] as Json | undefined;
  return (content?.["application/json"] as Json | undefined)?.["schema"] as Json | undefined;
}

function resolve(file: string, value: Json): Json {
  const ref = value["$ref"];
  if (typeof ref !== "string") return value;
  let found: unknown = documents.get(file);
  for (const part of ref.slice(2).split("/")) found = (found as Json)[part];
  return found as Json;
}

/** Literal segments win over captured ones. */
function findOperation(exchange: Exchange): Operation | undefined {
  const segments = exchange.path.split("/");
  const fits = (operation: Operation): boolean =>
    operation.method === exchange.method.toLowerCase() &&
    operation.segments.length === segments.length &&
    operation.segments.every((part, index) => part.startsWith("{") || part === segments[index]);
  const captured = (operation: Operation): number =>
    operation.segments.filter((part) => part.startsWith("{")).length;
  return load(exchange.vendor)
    .filter(fits)
    .toSorted((a, b) => captured(a) - captured(b))[0];
}

function load(vendor: "brevo" | "sendgrid"): Operation[] {
  const known = operations.get(vendor);
  if (known !== undefined) return known;
  const all = FILES[vendor].flatMap((file) => {
    const document = JSON.parse(readFileSync(new URL(file, FOLDER), "utf8")) as Json;
    documents.set(file, document);
    ajv.addSchema(document, file);
    return Object.entries(document["paths"] as Record<string, Json>).flatMap(([path, item]) =>
      Object.entries(item)
        .filter(([, definition]) => typeof definition === "object" && "responses" in (definition as Json))
        .map(([method, definition]) => ({
          file,
          pointer: ["paths", path, method],
          segments: path.split("/"),
          method,
          definition: {
            ...(definition as Json),
            parameters: [
              ...((item["parameters"] as Json[] | undefined) ?? []),
              ...(((definition as Json)["parameters"] as Json[] | undefined) ?? []),
            ],
          },
        })),
    );
  });
  operations.set(vendor, all);
  return all;
}
