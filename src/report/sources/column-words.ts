import type { SourceColumn } from "../../model/reports/source-report.js";
import { toOneLine } from "../layout/printable.js";

/** What a column is called: by its place where its name may be a value of somebody. */
export function columnWords({ name }: SourceColumn, at: number): string {
  return name === undefined ? `column ${at + 1}` : toOneLine(name, 60);
}
