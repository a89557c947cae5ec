import { resolve } from "node:path";
import type { MaxAge, Source } from "../../model/source.js";
import type { Source as SourceYaml } from "../config-file.gen.js";
import { durationSeconds } from "./duration.js";

export function sourceOf(name: string, yaml: SourceYaml, folder: string): Source {
  const common = {
    name,
    columns: yaml.columns ?? {},
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
  };
}

function maxAgeOf(yaml: NonNullable<SourceYaml["maxAge"]>): MaxAge {
  if (typeof yaml === "string") return { seconds: durationSeconds(yaml), column: undefined };
  return { seconds: durationSeconds(yaml.maxAge), column: yaml.column };
}
