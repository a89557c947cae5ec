import type { Diagnostic, Position } from "../model/diagnostic.js";
import { positionOf, type ConfigDocument } from "./document.js";
import { frameRenderer } from "./frame.js";
import { locate } from "./locate.js";
import { maskSecrets } from "./mask.js";
import type { Clash } from "./merge.js";
import { stretchOf } from "./stretch.js";
import { pathText, type Path, type Problem } from "./problem.js";

/** A problem of one file with its line and column. `path` is the way to it in that file. */
export function problemDiagnostic(
  document: ConfigDocument,
  problem: Problem,
  path: Path = problem.at,
): Diagnostic {
  const { severity, code, message, hint } = problem;
  const found = locate(document, path, problem.onKey);
  const { within } = problem;
  const position = positionOf(
    document,
    ...(within === undefined ? found : stretchOf(document, found, within)),
  );
  return { severity, code, message, ...(hint === undefined ? {} : { hint }), position };
}

export function clashDiagnostic({ path, document, other }: Clash): Diagnostic {
  const first = positionOf(other, ...locate(other, path, true));
  return {
    severity: "error",
    code: "defined-twice",
    message: `\`${pathText(path)}\` is defined a second time.`,
    hint: `It is already in ${first.file}:${first.line}:${first.column}; rename or remove one of the two.`,
    position: positionOf(document, ...locate(document, path, true)),
  };
}

/** Renders the lines around positions in these files. Nothing is loaded until the first frame. */
export function framer(
  documents: readonly ConfigDocument[],
): (position: Position) => Promise<string | undefined> {
  const masked = new Map<ConfigDocument, string>();
  return async (position) => {
    const document = documents.find(({ label }) => label === position.file);
    if (document === undefined) return undefined;
    const text = masked.get(document) ?? maskSecrets(document);
    masked.set(document, text);
    return (await frameRenderer())(text, position);
  };
}

/** In the order of files and lines, each with its frame. */
export async function presented(
  diagnostics: readonly Diagnostic[],
  documents: readonly ConfigDocument[],
): Promise<Diagnostic[]> {
  const frame = framer(documents);
  const fileIndex = ({ position }: Diagnostic): number =>
    documents.findIndex(({ label }) => label === position?.file);
  const sorted = [...diagnostics].sort(
    (a, b) =>
      fileIndex(a) - fileIndex(b) ||
      (a.position?.line ?? 0) - (b.position?.line ?? 0) ||
      (a.position?.column ?? 0) - (b.position?.column ?? 0),
  );
  return Promise.all(
    sorted.map(async (diagnostic) => {
      const text = diagnostic.position && (await frame(diagnostic.position));
      return text === undefined ? diagnostic : { ...diagnostic, frame: text };
    }),
  );
}
