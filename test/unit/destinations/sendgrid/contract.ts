import { readFileSync } from "node:fs";
import { Ajv2020, type ValidateFunction } from "ajv/dist/2020.js";
import type { Exchange } from "../../../../src/sandbox/index.js";
import { checkExchange } from "../../../support/oracle.js";

interface Endpoint {
  readonly query?: object;
  readonly request?: object;
  readonly answers: Readonly<Record<string, object | true>>;
}

const schema = JSON.parse(
  readFileSync(
    new URL("../../../../src/destinations/sendgrid/contract.schema.json", import.meta.url),
    "utf8",
  ),
) as { endpoints: Record<string, Endpoint>; deletions: Record<string, Endpoint>; $defs: object };

const ajv = new Ajv2020({ strict: false, allErrors: true });
const compiled = new Map<string, ValidateFunction>();

/** Whatever in an exchange is not as `contract.schema.json` says; empty when all is well. Contacts are deleted only where a person asked for it. */
export function violations(exchange: Exchange, { deletions = false } = {}): string[] {
  const endpoints = deletions ? { ...schema.endpoints, ...schema.deletions } : schema.endpoints;
  const { method, path, query, requestBody, status, responseBody, faulty } = exchange;
  const called = `${method} ${path}`;
  const name = Object.keys(endpoints).find((pattern) =>
    new RegExp(`^${pattern.replaceAll(/\{\w+\}/g, "[^/]+")}$`).test(called),
  );
  const endpoint = name === undefined ? undefined : endpoints[name];
  if (name === undefined || endpoint === undefined) return [`${called} is not an endpoint we use`];
  const found = check(`${name} query`, endpoint.query ?? { maxProperties: 0 }, query);
  if (endpoint.request !== undefined) found.push(...check(`${name} request`, endpoint.request, requestBody));
  else if (requestBody !== undefined) found.push(`${name}: has a body`);
  if (faulty) return found;
  const answer = endpoint.answers[String(status)] ?? (status >= 400 ? { $ref: "#/$defs/errors" } : undefined);
  if (answer === undefined) return [...found, `${name}: ${status} is not described`];
  return answer === true ? found : [...found, ...check(`${name} ${status}`, answer, responseBody)];
}

function check(what: string, rule: object, value: unknown): string[] {
  let validate = compiled.get(what);
  if (validate === undefined) {
    validate = ajv.compile({ ...rule, $defs: schema.$defs });
    compiled.set(what, validate);
  }
  if (validate(value)) return [];
  return (validate.errors ?? []).map((error) => `${what}${error.instancePath} ${error.message}`);
}

/** The same with what SendGrid publishes; how well the sandbox answers is checked in its own tests. */
export function allViolations(exchange: Exchange, options: { deletions?: boolean } = {}): string[] {
  const published = checkExchange(exchange).filter((text) => text.startsWith("request:"));
  return [...violations(exchange, options), ...published];
}
