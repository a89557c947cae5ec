import { resolve } from "node:path";
import type { DeclaredColumn, FileRules, MaxAge, Source } from "../../model/source.js";
import type { Columns, FilesSource as FilesSourceYaml, Source as SourceYaml } from "../config-file.gen.js";
import { durationSeconds } from "./duration.js";

export function sourceOf(name: string, yaml: SourceYaml, folder: string): Source {
  const common = {
    name,
    columns: columnsOf(yaml.columns ?? {}),
    minimumRows: yaml.minimumRows,
    maxAge: yaml.maxAge === undefined ? undefined : maxAgeOf(yaml.maxAge),
  };
  if (yaml.type === "duckdb")
    return { ...common, type: "duckdb", path: resolve(folder, yaml.path), table: yaml.table, sql: yaml.sql };
  return {
    ...common,
    type: "files",
    paths: [yaml.path].flat(),
    folder,
    format: yaml.format,
    delimiter: yaml.delimiter,
    rules: rulesOf(yaml),
  };
}

/** The type alone is the short form. */
export function columnsOf(yaml: Columns): Record<string, DeclaredColumn> {
  const columns = Object.entries(yaml).map(([name, column]): [string, DeclaredColumn] => [
    name,
    typeof column === "string" ? { type: column } : column,
  ]);
  return Object.fromEntries(columns);
}

function rulesOf(yaml: FilesSourceYaml): FileRules {
  const { columnsMayDiffer, header, columnNames, nullValues, encoding, finalNewline } = yaml;
  return { columnsMayDiffer, header, columnNames, nullValues, encoding, finalNewline };
}

function maxAgeOf(yaml: NonNullable<SourceYaml["maxAge"]>): MaxAge {
  if (typeof yaml === "string") return { seconds: durationSeconds(yaml), column: undefined };
  return { seconds: durationSeconds(yaml.maxAge), column: yaml.column };
}
