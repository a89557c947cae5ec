import { readFileSync } from "node:fs";
import { Ajv2020, type ValidateFunction } from "ajv/dist/2020.js";
import type { Exchange } from "../../../../src/sandbox/server/exchange.js";

interface Endpoint {
  readonly query?: object;
  readonly request?: object;
  readonly answers: Readonly<Record<string, object | true>>;
}

const schema = JSON.parse(
  readFileSync(new URL("../../../../src/destinations/brevo/contract.schema.json", import.meta.url), "utf8"),
) as { endpoints: Record<string, Endpoint>; deletions: Record<string, Endpoint>; $defs: object };

const ajv = new Ajv2020({ strict: false, allErrors: true });
const compiled = new Map<string, ValidateFunction>();

/** Words that must never go out: they change who may be mailed, or what is merged. */
const FORBIDDEN = /emailBlacklist|smsBlacklist|forceMerge|listUnsubscribed/i;

/** Whatever in an exchange is not as `contract.schema.json` says; empty when all is well. Contacts are deleted only where a person asked for it. */
export function violations(exchange: Exchange, { deletions = false } = {}): string[] {
  const endpoints = deletions ? { ...schema.endpoints, ...schema.deletions } : schema.endpoints;
  const { method, path, query, requestBody, status, responseBody, faulty } = exchange;
  const name = Object.keys(endpoints).find((pattern) => matches(pattern, `${method} ${path}`));
  if (name === undefined) return [`${method} ${path} is not an endpoint we use`];
  const endpoint = endpoints[name]!;
  const found: string[] = [];
  if (requestBody !== undefined && FORBIDDEN.test(JSON.stringify(requestBody))) {
    found.push(`${name}: a forbidden word was sent`);
  }
  found.push(...check(`${name} query`, endpoint.query ?? { maxProperties: 0 }, query));
  if (endpoint.request !== undefined) found.push(...check(`${name} request`, endpoint.request, requestBody));
  else if (requestBody !== undefined && requestBody !== "") found.push(`${name}: has a body`);
  if (faulty) return found;
  const answer = endpoint.answers[String(status)];
  if (answer === undefined && status >= 400)
    return [...found, ...check(`${name} error`, { $ref: "#/$defs/error" }, responseBody)];
  if (answer === undefined) return [...found, `${name}: ${status} is not described`];
  return answer === true ? found : [...found, ...check(`${name} ${status}`, answer, responseBody)];
}

/** Literal parts win over `{…}`, which is why the patterns are tried in the order of the file. */
function matches(pattern: string, call: string): boolean {
  const wanted = pattern.split("/");
  const given = call.split("/");
  if (wanted.length !== given.length) return false;
  return wanted.every((part, index) => {
    const value = given[index] ?? "";
    if (part === "{email}") return value.includes("%40");
    return part.startsWith("{") ? value !== "" : part === value;
  });
}

function check(what: string, part: object, value: unknown): string[] {
  const key = JSON.stringify(part);
  const validate = compiled.get(key) ?? ajv.compile({ ...part, $defs: schema.$defs });
  compiled.set(key, validate);
  if (validate(value)) return [];
  return (validate.errors ?? []).map(({ instancePath, message }) => `${what}${instancePath}: ${message}`);
}
