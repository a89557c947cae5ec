import { dirname, isAbsolute, posix } from "node:path";
import type { Diagnostic, Position } from "../../model/diagnostic.js";
import { positionOf, type ConfigDocument } from "../yaml/document.js";
import { frameLines } from "./frame.js";
import { MAX_DIAGNOSTICS } from "../limits.js";
import { locatePath } from "../yaml/locate.js";
import type { Stretch } from "../secrets/hidden.js";
import { maskSecrets, maskKeysAndAddresses } from "../secrets/mask.js";
import type { Clash } from "../files/merge.js";
import { configSchema, type SchemaNode } from "../schema/schema-lookup.js";
import { stretchOf } from "./stretch.js";
import { pathText, type Finding, type Path, type Problem } from "./problem.js";

/** A problem of one file with its line and column. `path` is the way to it in that file. */
export function findingOf(document: ConfigDocument, problem: Problem, path: Path = problem.at): Finding {
  const { severity, code, message, hint, within, inFile } = problem;
  if (inFile !== undefined) {
    const { path: file, line, column } = inFile;
    const position = {
      file: isAbsolute(file) ? file : posix.join(dirname(document.label), file),
      line,
      column,
    };
    return { severity, code, message, hint, position };
  }
  const found = locatePath(document, path, problem.onKey);
  const position = positionOf(
    document,
    ...(within === undefined ? found : stretchOf(document, found, within)),
  );
  return { severity, code, message, hint, position };
}

export function clashFinding({ path, document, other }: Clash): Finding {
  const first = positionOf(other, ...locatePath(other, path, true));
  return {
    severity: "error",
    code: "defined-twice",
    message: `\`${pathText(path)}\` is defined a second time.`,
    hint: `It is already in ${first.file}:${first.line}:${first.column}; rename or remove one of the two.`,
    position: positionOf(document, ...locatePath(document, path, true)),
  };
}

/** Renders the lines around positions in these files, which are of the kind that the schema is for. */
export function createFramer(
  documents: readonly ConfigDocument[],
  schema: SchemaNode = configSchema,
  findings: readonly Finding[] = [],
): (position: Position) => string | undefined {
  const masked = new Map<ConfigDocument, string>();
  const byLabel = new Map(documents.map((document) => [document.label, document]));
  return (position) => {
    const document = byLabel.get(position.file);
    if (document === undefined || document.foreign === true) return undefined;
    const text =
      masked.get(document) ?? maskSecrets(document, schema, undefined, literalsIn(document, findings));
    masked.set(document, text);
    return frameLines(text, document.lines.lineStarts, position);
  };
}

/** Where a secret is known to stand, whatever the schema expects there. */
function literalsIn({ label, lines, text }: ConfigDocument, findings: readonly Finding[]): Stretch[] {
  return findings.flatMap(({ code, position }): Stretch[] => {
    if (code !== "literal-secret" || position?.file !== label) return [];
    const { line, column, endLine = line, endColumn = column } = position;
    const [from, to] = [
      [line, column],
      [endLine, endColumn],
    ].map(([row = 1, at = 1]) => (lines.lineStarts[row - 1] ?? text.length) + at - 1) as [number, number];
    // Of what is not a single text, the key is pointed at.
    return /^["']?[ \t]*:/.test(text.slice(to, to + 100)) ? [] : [[from, to]];
  });
}

/** In the order of files and lines, each with its frame; of very many the first, errors before warnings. */
export function presentDiagnostics(
  findings: readonly Finding[],
  documents: readonly ConfigDocument[],
  schema: SchemaNode = configSchema,
): Diagnostic[] {
  const frame = createFramer(documents, schema, findings);
  const fileIndex = new Map(documents.map(({ label }, index) => [label, index]));
  const indexOf = ({ position }: Finding): number => fileIndex.get(position?.file ?? "") ?? -1;
  const [errors, warnings] = [true, false].map((failing) =>
    findings.filter(({ severity }) => (severity === "error") === failing),
  );
  const told = [...(errors ?? []), ...(warnings ?? [])].slice(0, MAX_DIAGNOSTICS);
  told.sort(
    (a, b) =>
      indexOf(a) - indexOf(b) ||
      (a.position?.line ?? 0) - (b.position?.line ?? 0) ||
      (a.position?.column ?? 0) - (b.position?.column ?? 0),
  );
  return [...told.map((one) => diagnosticOf(one, frame)), ...more(findings.length - told.length, told)];
}

function more(count: number, told: readonly Finding[]): Diagnostic[] {
  if (count === 0) return [];
  const severity = told.some((one) => one.severity === "error") ? "error" : "warning";
  const message = `There ${count === 1 ? "is 1 more finding" : `are ${count} more findings`} like these.`;
  return [{ severity, code: "more-findings", message, hint: "Fix these first; many may have one cause." }];
}

/** What somebody wrote may be as long as a file. */
const LONGEST = 1000;

function sayable(text: string): string {
  return maskKeysAndAddresses(text.length > LONGEST ? `${text.slice(0, LONGEST)}…` : text);
}

function diagnosticOf({ hint, ...finding }: Finding, frame: ReturnType<typeof createFramer>): Diagnostic {
  const advice = typeof hint === "function" ? hint() : hint;
  const text = finding.position && frame(finding.position);
  return {
    ...finding,
    message: sayable(finding.message),
    ...(advice === undefined ? {} : { hint: sayable(advice) }),
    ...(text === undefined ? {} : { frame: text }),
  };
}
