import { resolve } from "node:path";
import type { DeclaredColumn, MaxAge, Source } from "../../model/config/source.js";
import type { Columns, Source as SourceYaml } from "../schema/config-file.gen.js";
import { kindOf } from "../plugins/own-kinds.js";
import { durationSeconds } from "../../model/duration.js";
import { secretsIn } from "./secret.js";
import type { Standing } from "./standing.js";

export function sourceOf(name: string, yaml: SourceYaml, { folder, own }: Standing): Source {
  const { kind, module } = kindOf("sources", yaml.type, own);
  const entries = Object.entries(yaml).map(([key, value]: [string, unknown]) => [
    key,
    kind.pathKeys.includes(key) && typeof value === "string" ? resolve(folder, value) : value,
  ]);
  const written = Object.fromEntries(entries) as Readonly<Record<string, unknown>>;
  return kind.sourceOf(written, {
    name,
    folder,
    module,
    secrets: secretsIn(written, kind.secretKeys, folder),
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
