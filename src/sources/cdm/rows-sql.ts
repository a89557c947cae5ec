import { exactPath, identifier, literal } from "../../plugin/relation.js";
import type { Column, CsvDialect } from "./table.js";

/** Rows of copies that are written alike. */
export interface CopiedFiles {
  readonly dialect: CsvDialect;
  readonly paths: readonly string[];
}

/** `wanted` are those of the columns whose names are their own. */
export function csvSql(
  { columns, wanted }: { readonly columns: readonly Column[]; readonly wanted: readonly Column[] },
  groups: readonly CopiedFiles[],
): string {
  const types = columns.map((_, index) => `'c${index}': 'VARCHAR'`).join(", ");
  // An empty value in quotes is a text; what is no text has none, and is missing.
  const items = wanted.map((column) => {
    const value = `c${columns.indexOf(column)}`;
    return `${column.type === undefined ? value : `nullif(${value}, '')`} AS ${identifier(column.name)}`;
  });
  return groups
    .map(
      ({ dialect, paths }) =>
        `SELECT ${items.join(", ")} FROM read_csv(${filesSql(paths)}, ${optionsSql(dialect)}, columns = {${types}})`,
    )
    .join("\nUNION ALL\n");
}

function optionsSql({ delimiter, quotes }: CsvDialect): string {
  const quote = quotes === "nowhere" ? "''" : `'"'`;
  return [
    "auto_detect = false",
    "header = false",
    `delim = ${literal(delimiter)}`,
    `quote = ${quote}`,
    `escape = ${quote}`,
    "comment = ''",
    "nullstr = ''",
    "allow_quoted_nulls = false",
    "strict_mode = true",
    "null_padding = false",
    "new_line = '\\n'",
  ].join(", ");
}

export function parquetSql(columns: readonly Column[], paths: readonly string[]): string {
  const items = columns.map(({ name }) => identifier(name)).join(", ");
  return `SELECT ${items} FROM read_parquet(${filesSql(paths)})`;
}

export function filesSql(paths: readonly string[]): string {
  return `[${paths.map((path) => literal(exactPath(path))).join(", ")}]`;
}
