import { readdirSync, readFileSync } from "node:fs";
import Ajv2020 from "ajv/dist/2020.js";
import fc from "fast-check";
import { expect, test } from "vitest";
import { parse } from "yaml";
import { isOurs, OWN_SECTIONS } from "../../../../src/config/plugins/own-kinds.js";
import { schemaProblem } from "../../../../src/config/schema/schema-problems.js";
import { validateConfig } from "../../../../src/validators/config.gen.js";
import { findErrors } from "../../../../src/validators/validator.js";

const root = new URL("../../../../", import.meta.url);
const full: unknown = parse(readFileSync(new URL("test/unit/config/full.yaml", root), "utf8"));

const ajv = new Ajv2020.default({ strict: false, discriminator: true, validateFormats: false });
const published = ajv.compile(
  JSON.parse(readFileSync(new URL("schemas/config.schema.json", root), "utf8")) as object,
);

/** The published schema and the generated validator, which is made from a rewritten one, say the same. */
function agree(value: unknown): void {
  const errors = findErrors(value, validateConfig);
  // What is published takes any type, since a plug-in may bring it; without one there are no others.
  if (namesOwnType(value)) expect(errors).not.toEqual([]);
  else expect(errors.length === 0).toBe(published(value));
  // Whatever is wrong is said in words.
  const problems = errors
    .map((error) => schemaProblem(error, value))
    .filter((problem) => problem !== undefined);
  expect(problems.length > 0).toBe(errors.length > 0);
}

test("a config with every key is valid", () => {
  expect(findErrors(full, validateConfig)).toEqual([]);
  agree(full);
});

test("the validator agrees with the schema on the golden cases", () => {
  const folder = new URL("test/golden/config/", root);
  for (const name of readdirSync(folder).filter((file) => file.endsWith(".yaml"))) {
    let value: unknown;
    try {
      value = parse(readFileSync(new URL(name, folder), "utf8"), {
        merge: true,
        uniqueKeys: false,
        logLevel: "error",
      });
    } catch {
      continue;
    }
    if (!name.startsWith("aliases")) agree(value);
  }
});

function namesOwnType(value: unknown): boolean {
  return OWN_SECTIONS.some((section) => {
    const entries = (value as Readonly<Record<string, unknown>> | null)?.[section];
    return Object.values(entries ?? {}).some((entry: unknown) => {
      const { type } = (entry ?? {}) as { type?: unknown };
      return typeof type === "string" && !isOurs(section, type);
    });
  });
}

/** Every place in a value, as the way to it. */
function places(value: unknown, path: readonly string[] = []): (readonly string[])[] {
  if (typeof value !== "object" || value === null) return [path];
  return [path, ...Object.entries(value).flatMap(([key, inner]) => places(inner, [...path, key]))];
}

type Holder = Record<string, unknown>;

function mutated(
  path: readonly string[],
  change: { readonly kind: "set" | "remove" | "add"; readonly value: unknown },
): unknown {
  const copy = structuredClone(full) as Holder;
  const last = path.at(-1);
  if (last === undefined) return change.value;
  const holder = path.slice(0, -1).reduce<Holder>((node, key) => node[key] as Holder, copy);
  if (change.kind === "set") holder[last] = change.value;
  else if (change.kind === "remove") delete holder[last];
  else holder["surplus"] = change.value;
  return copy;
}

test("the validator agrees with the schema on a config with one change", () => {
  const value = fc.oneof(
    fc.constantFrom<unknown>(
      null,
      true,
      0,
      -1,
      1.5,
      "",
      "x",
      "all",
      " a",
      [],
      {},
      ["a"],
      ["a", "a"],
      [1],
      { id: 1 },
      { name: "x" },
      { env: "A" },
      { type: "file", path: "x" },
      "110%",
      "24 h",
    ),
    fc.jsonValue({ maxDepth: 2 }),
  );
  const kind = fc.constantFrom("set" as const, "remove" as const, "add" as const);
  const runs = fc.property(fc.constantFrom(...places(full)), fc.record({ kind, value }), (path, change) =>
    agree(mutated(path, change)),
  );
  fc.assert(runs, { numRuns: 1500 });
});
