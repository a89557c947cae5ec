import { resolve } from "node:path";
import type { DeclaredColumn, MaxAge, Source } from "../../model/config/source.js";
import { sourceKind } from "../../registry/sources.js";
import type { Columns, Source as SourceYaml } from "../schema/config-file.gen.js";
import { durationSeconds } from "./duration.js";

/** `folder` is that of the file the source is in. */
export function sourceOf(name: string, yaml: SourceYaml, folder: string): Source {
  const kind = sourceKind(yaml.type);
  const written = Object.entries(yaml).map(([key, value]: [string, unknown]) => [
    key,
    kind.pathKeys.includes(key) ? resolve(folder, value as string) : value,
  ]);
  return kind.sourceOf(Object.fromEntries(written) as Readonly<Record<string, unknown>>, {
    name,
    folder,
    columns: columnsOf(yaml.columns ?? {}),
    minimumRows: yaml.minimumRows,
    maxAge: yaml.maxAge === undefined ? undefined : maxAgeOf(yaml.maxAge),
  });
}

/** The type alone is the short form. */
export function columnsOf(yaml: Columns): Record<string, DeclaredColumn> {
  const columns = Object.entries(yaml).map(([name, column]): [string, DeclaredColumn] => [
    name,
    typeof column === "string" ? { type: column } : column,
  ]);
  return Object.fromEntries(columns);
}

function maxAgeOf(yaml: NonNullable<SourceYaml["maxAge"]>): MaxAge {
  if (typeof yaml === "string") return { seconds: durationSeconds(yaml), column: undefined };
  return { seconds: durationSeconds(yaml.maxAge), column: yaml.column };
}
