import { readFileSync } from "node:fs";
import type { Answer } from "./answer-proxy.js";

export type Vendor = "brevo" | "sendgrid";

/** One way in which the answers of one endpoint are not what they should be. */
export interface Mutation {
  readonly vendor: Vendor;
  /** As `contract.schema.json` names it, `GET /contacts/{email}`; or `a file`. */
  readonly endpoint: string;
  readonly name: string;
  readonly change: (answer: Answer) => Answer;
}

interface Schema {
  readonly $ref?: string;
  readonly type?: string | readonly string[];
  readonly enum?: readonly unknown[];
  readonly anyOf?: readonly Schema[];
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly items?: Schema;
  readonly additionalProperties?: Schema | boolean;
}
interface Contract {
  readonly endpoints: Readonly<Record<string, Endpoint>>;
  readonly deletions: Readonly<Record<string, Endpoint>>;
  readonly $defs: Readonly<Record<string, Schema>>;
}
interface Endpoint {
  readonly answers: Readonly<Record<string, Schema | true>>;
}

export const CONTRACTS: Readonly<Record<Vendor, Contract>> = {
  brevo: contractOf("brevo"),
  sendgrid: contractOf("sendgrid"),
};

function contractOf(vendor: Vendor): Contract {
  const file = new URL(`../../src/destinations/${vendor}/contract.schema.json`, import.meta.url);
  return JSON.parse(readFileSync(file, "utf8")) as Contract;
}

/** The endpoint of a request, in the contract's words; undefined for a file. */
export function endpointOf(vendor: Vendor, method: string, path: string): string | undefined {
  const { endpoints, deletions } = CONTRACTS[vendor];
  const call = `${method} ${path}`.split("/");
  const fits = (pattern: string): boolean => {
    const parts = pattern.split("/");
    return (
      parts.length === call.length &&
      parts.every((part, index) => {
        const given = call[index] ?? "";
        if (part === "{email}") return given.includes("%40");
        return part.startsWith("{") ? given !== "" : part === given;
      })
    );
  };
  return [...Object.keys(endpoints), ...Object.keys(deletions)].find(fits);
}

/** Every mutation of every endpoint of a vendor, by what its contract says of the answers. */
export function mutationsOf(vendor: Vendor): Mutation[] {
  const { endpoints, deletions } = CONTRACTS[vendor];
  const all = Object.entries({ ...endpoints, ...deletions }).flatMap(([endpoint, { answers }]) => {
    const good = Object.entries(answers).filter(([status]) => Number(status) < 300);
    const places = good.flatMap(([, schema]) => (schema === true ? [] : placesIn(vendor, schema, [])));
    return [
      ...WHOLE.map(([name, change]) => ({ vendor, endpoint, name, change })),
      ...places.flatMap((place) =>
        KINDS.map(([kind, value]) => ({
          vendor,
          endpoint,
          name: `${place.path.join(".")} ${kind}`,
          change: (answer: Answer): Answer => changed(answer, place.path, value),
        })),
      ),
    ];
  });
  return all;
}

interface Place {
  readonly path: readonly string[];
}

/** Every member that the schema knows; `*` is each entry of a list or of an object whose names are data. */
function placesIn(vendor: Vendor, schema: Schema, path: readonly string[]): Place[] {
  if (schema.$ref !== undefined) {
    const named = CONTRACTS[vendor].$defs[schema.$ref.slice("#/$defs/".length)];
    return named === undefined ? [] : placesIn(vendor, named, path);
  }
  const own = path.length === 0 ? [] : [{ path }];
  const inner = [
    ...Object.entries(schema.properties ?? {}).flatMap(([name, one]) =>
      placesIn(vendor, one, [...path, name]),
    ),
    ...(schema.items === undefined ? [] : placesIn(vendor, schema.items, [...path, "*"])),
    ...(typeof schema.additionalProperties === "object"
      ? placesIn(vendor, schema.additionalProperties, [...path, "*"])
      : []),
    ...(schema.anyOf ?? []).flatMap((one) =>
      placesIn(vendor, one, path).filter((place) => place.path.length > path.length),
    ),
  ];
  return [...own, ...inner];
}

const REMOVED = Symbol("removed");

const KINDS: readonly (readonly [string, (value: unknown) => unknown])[] = [
  ["removed", () => REMOVED],
  ["null", () => null],
  ["as text", (value) => (typeof value === "string" ? 7 : String(value))],
  ["as a number", (value) => (typeof value === "number" ? -value - 1 : 1)],
  ["as a flag", (value) => (typeof value === "boolean" ? Number(value) : true)],
  ["as a list", (value) => [value]],
  ["as an object", (value) => ({ value })],
  ["empty", (value) => (Array.isArray(value) ? [] : typeof value === "string" ? "" : {})],
];

const WHOLE: readonly (readonly [string, (answer: Answer) => Answer])[] = [
  ["cut", (answer) => ({ ...answer, body: answer.body.subarray(0, Math.floor(answer.body.length * 0.7)) })],
  [
    "as an HTML page",
    (answer) => ({ ...answer, type: "text/html", body: Buffer.from("<html>canary@example.com</html>") }),
  ],
  ["with 204", (answer) => ({ ...answer, status: 204, body: Buffer.alloc(0) })],
  ["with nothing", (answer) => ({ ...answer, body: Buffer.alloc(0) })],
  ["null", (answer) => ({ ...answer, body: Buffer.from("null") })],
  ["{}", (answer) => ({ ...answer, body: Buffer.from("{}") })],
  ["[]", (answer) => ({ ...answer, body: Buffer.from("[]") })],
  [
    "wrapped",
    (answer) => ({
      ...answer,
      body: Buffer.concat([Buffer.from('{"data":'), answer.body, Buffer.from("}")]),
    }),
  ],
  [
    "with every name twice",
    (answer) => ({
      ...answer,
      body: Buffer.from(
        answer.body.toString().replaceAll(/"(\w+)":(true|false|\d+|null|"[^"]*")/g, '"$1":null,"$1":$2'),
      ),
    }),
  ],
  [
    "not in UTF-8",
    (answer) => ({
      ...answer,
      body: Buffer.from(answer.body.toString().replaceAll("@", "\u00eb@"), "latin1"),
    }),
  ],
];

/** Only what an answer says that is good is changed. */
function changed(answer: Answer, path: readonly string[], value: (value: unknown) => unknown): Answer {
  let parsed: unknown;
  try {
    parsed = JSON.parse(answer.body.toString());
  } catch {
    return answer;
  }
  return { ...answer, body: Buffer.from(JSON.stringify(at(parsed, path, value))) };
}

function at(
  value: unknown,
  [name, ...rest]: readonly string[],
  change: (value: unknown) => unknown,
): unknown {
  if (name === undefined) return change(value);
  if (typeof value !== "object" || value === null) return value;
  const next = (inner: unknown): unknown => at(inner, rest, change);
  if (Array.isArray(value)) return name === "*" ? value.map(next).filter((one) => one !== REMOVED) : value;
  const entries = Object.entries(value).flatMap(([key, inner]) => {
    if (name !== "*" && name !== key) return [[key, inner]];
    const found = next(inner);
    return found === REMOVED ? [] : [[key, found]];
  });
  return Object.fromEntries(entries) as unknown;
}
