import type { Alias, Document, LineCounter, Node } from "yaml";
import type { Position } from "../../model/diagnostic.js";

/** One YAML file, parsed, with the way back from offsets to lines. */
export interface ConfigDocument {
  /** Absolute. */
  readonly path: string;
  /** As people see it: relative to where they work. */
  readonly label: string;
  readonly text: string;
  readonly yaml: Document.Parsed;
  readonly lines: LineCounter;
  /** What each alias stands for. */
  readonly targets: ReadonlyMap<Alias, Node | undefined>;
  /** The YAML is not sound, so that nobody can say which text stands where. */
  readonly unsound: boolean;
  /** It lies outside of the repository, where `allowPaths` led; what it says is not shown. */
  readonly foreign?: boolean;
}

/** A mistake in the YAML itself; offsets into the text. */
export interface YamlFault {
  readonly code: string;
  readonly message: string;
  readonly hint?: string | undefined;
  readonly from: number;
  readonly to: number;
}

/** Line and column (both from 1) of a stretch of the text. */
export function positionOf(document: ConfigDocument, from: number, to: number): Position {
  const start = document.lines.linePos(from);
  const end = document.lines.linePos(Math.max(from, to));
  const position = { file: document.label, line: Math.max(1, start.line), column: Math.max(1, start.col) };
  return to > from ? { ...position, endLine: end.line, endColumn: end.col } : position;
}
