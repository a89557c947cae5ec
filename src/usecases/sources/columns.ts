import type { Engine } from "../../engine/engine.js";
import { tellableNames } from "../../engine/user-sql/names.js";
import { typeName } from "../../engine/user-sql/type-names.js";
import type { SourceColumn } from "../../model/reports/source-report.js";
import { identifier } from "../../plugin/relation.js";

/** The columns of a source that was read, as segments see them. */
export async function columnsOf({ outer }: Engine, source: string): Promise<readonly SourceColumn[]> {
  const described = await outer.rows<DescribedColumn>(`DESCRIBE SELECT * FROM ${identifier(source)}`);
  const names = namedColumns(described.map(({ column_name }) => column_name));
  return described.map(({ column_type }, at) => ({ ...names[at], type: typeName(column_type) }));
}

/** As the engine describes one. */
export interface DescribedColumn {
  readonly column_name: string;
  readonly column_type: string;
}

/** Columns by their names, unless some of these may be values of somebody. */
export function namedColumns(names: readonly string[]): readonly SourceColumn[] {
  const told = tellableNames(names);
  return names.map((name) => (told.length === 0 ? {} : { name }));
}
