import { resolve } from "node:path";
import type { Source } from "../../model/source.js";
import type { Source as SourceYaml } from "../config-file.gen.js";

export function sourceOf(name: string, yaml: SourceYaml, folder: string): Source {
  const common = { name, columns: yaml.columns ?? {}, minimumRows: yaml.minimumRows };
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
