import type { Position } from "../model/diagnostic.js";

/** Renders the lines around a position, without colour. Loads the renderer on first use. */
export async function frameRenderer(): Promise<(text: string, position: Position) => string> {
  const { codeFrameColumns } = await import("@babel/code-frame");
  return (text, position) => {
    const { line, column, endLine, endColumn } = position;
    const oneLine = endLine === line && endColumn !== undefined;
    return codeFrameColumns(
      text,
      oneLine ? { start: { line, column }, end: { line, column: endColumn } } : { start: { line, column } },
      { highlightCode: false, linesAbove: 2, linesBelow: 1 },
    );
  };
}
