import type { Diagnostic } from "../model/diagnostic.js";
import { problemDiagnostic } from "./diagnostics.js";
import type { CheckedFile } from "./merge.js";
import type { Path } from "./problem.js";
import type { ReadFile } from "./read-tree.js";
import { schemaProblem } from "./schema-problems.js";
import { schemaErrors, type SchemaError } from "./validate.js";

/**
 * Holds a file against the schema. Unknown keys are reported and then left
 * out, so that the rest of an entry is still checked; what breaks the schema
 * otherwise is named in `broken`.
 */
export function checkFile(
  file: ReadFile,
  isRoot: boolean,
): { file: CheckedFile; diagnostics: Diagnostic[] }[] {
  const { document, value } = file;
  if (document === undefined || value === undefined) return [];
  const errors = schemaErrors(value).filter((error) => isRoot || !isMissingVersion(error));
  const found = errors.flatMap((error) => {
    const problem = schemaProblem(error, value);
    return problem === undefined ? [] : [{ error, problem }];
  });
  const unknown = found.filter(({ error }) => error.keyword === "additionalProperties");
  const broken = found.filter((item) => !unknown.includes(item)).map(({ problem }) => problem.at);
  return [
    {
      file: {
        document,
        value: without(
          value,
          unknown.map(({ problem }) => problem.at),
        ),
        broken,
      },
      diagnostics: found.map(({ problem }) => problemDiagnostic(document, problem)),
    },
  ];
}

function isMissingVersion(error: SchemaError): boolean {
  return (
    error.keyword === "required" && error.instancePath === "" && error.params["missingProperty"] === "version"
  );
}

/** A copy of the file's data without these keys. */
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
