import type { Diagnostic } from "../model/diagnostic.js";
import { problemDiagnostic } from "./diagnostics.js";
import type { CheckedFile } from "./merge.js";
import type { Path, Problem } from "./problem.js";
import type { ReadFile } from "./read-tree.js";
import { schemaProblem } from "./schema-problems.js";
import { schemaErrors, type SchemaError } from "./validate.js";

/** A value held against the schema. */
export interface Checked {
  /** Without the keys that are not known. */
  readonly value: Readonly<Record<string, unknown>>;
  /** What breaks the schema otherwise. */
  readonly broken: readonly Path[];
  readonly problems: readonly Problem[];
}

/**
 * Holds a file's value against the schema. Unknown keys are reported and then left
 * out, so that the rest of an entry is still checked; what breaks the schema
 * otherwise is named in `broken`.
 */
export function checkValue(value: unknown, isRoot = true): Checked {
  const errors = schemaErrors(value).filter((error) => isRoot || !isMissingVersion(error));
  const found = errors.flatMap((error) => {
    const problem = schemaProblem(error, value);
    return problem === undefined ? [] : [{ error, problem }];
  });
  const unknown = found.filter(({ error }) => error.keyword === "additionalProperties");
  return {
    value: without(
      value,
      unknown.map(({ problem }) => problem.at),
    ),
    broken: found.filter((item) => !unknown.includes(item)).map(({ problem }) => problem.at),
    problems: found.map(({ problem }) => problem),
  };
}

/** The same for a file. */
export function checkFile(
  { document, value }: ReadFile,
  isRoot: boolean,
): { file: CheckedFile; diagnostics: Diagnostic[] }[] {
  if (document === undefined || value === undefined) return [];
  const { problems, ...checked } = checkValue(value, isRoot);
  return [
    {
      file: { document, ...checked },
      diagnostics: problems.map((problem) => problemDiagnostic(document, problem)),
    },
  ];
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
