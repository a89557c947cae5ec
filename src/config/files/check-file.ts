import { validateConfig } from "../../validators/config.gen.js";
import { findErrors, type SchemaError } from "../../validators/validator.js";
import { BrokenPaths } from "./broken-paths.js";
import { findingOf } from "../diagnostics/diagnostics.js";
import type { CheckedFile } from "./merge.js";
import { withoutOwnEntries } from "../plugins/own-entries.js";
import type { OwnKinds } from "../plugins/own-kinds.js";
import type { Finding, Path, Problem } from "../diagnostics/problem.js";
import type { ReadFile } from "./read-tree.js";
import { schemaProblems } from "../schema/schema-problems.js";

/** A value held against the schema. */
export interface CheckedValue {
  /** Without the keys that are not known. */
  readonly value: Readonly<Record<string, unknown>>;
  /** What breaks the schema otherwise. */
  readonly broken: BrokenPaths;
  readonly problems: readonly Problem[];
}

/**
 * Holds a file's value against the schema. Unknown keys are reported and then left
 * out, so that the rest of an entry is still checked; what breaks the schema
 * otherwise is named in `broken`.
 */
export function checkValue(value: unknown, plugins: OwnKinds, isRoot = true): CheckedValue {
  const { rest, own, unknown: strange } = withoutOwnEntries(value, plugins);
  const errors = findErrors(rest, validateConfig).filter((error) => isRoot || !isMissingVersion(error));
  const found = [
    ...schemaProblems(errors, rest),
    ...own.flatMap(({ kind, file }) =>
      schemaProblems(kind.errorsIn(file), file, { what: "the config", schema: kind.schema }),
    ),
  ];
  const unknown = found.filter(({ error }) => isUnknownKey(error));
  return {
    value: without(
      value,
      unknown.map(({ problem }) => problem.at),
    ),
    broken: new BrokenPaths([
      ...found.filter(({ error }) => !isUnknownKey(error)).map(({ problem }) => problem.at),
      ...strange,
    ]),
    problems: found.map(({ problem }) => problem),
  };
}

/** The same for a file. */
export function checkFile(
  { document, value }: ReadFile,
  plugins: OwnKinds,
  isRoot: boolean,
): { file: CheckedFile; diagnostics: Finding[] }[] {
  if (document === undefined || value === undefined) return [];
  const { problems, ...checked } = checkValue(value, plugins, isRoot);
  return [
    {
      file: { document, ...checked },
      diagnostics: problems.map((problem) => findingOf(document, problem)),
    },
  ];
}

function isUnknownKey({ keyword }: SchemaError): boolean {
  return keyword === "additionalProperties";
}

function isMissingVersion(error: SchemaError): boolean {
  return (
    error.keyword === "required" && error.instancePath === "" && error.params["missingProperty"] === "version"
  );
}

/** A copy of the data without these keys. */
function without(value: unknown, paths: readonly Path[]): Readonly<Record<string, unknown>> {
  if (typeof value !== "object" || value === null || Array.isArray(value)) return {};
  const copy = structuredClone(value) as Record<string, unknown>;
  for (const path of paths) {
    const holder = path
      .slice(0, -1)
      .reduce<unknown>((node, part) => (node as Record<string, unknown>)[part], copy);
    delete (holder as Record<string, unknown>)[String(path.at(-1))];
  }
  return copy;
}
