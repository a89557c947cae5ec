import type { Source, SourceBase, SourceManifest } from "../../model/config/source.js";
import type { DuckdbSource } from "./duckdb-source.js";

export const manifest: SourceManifest = {
  type: "duckdb",
  description: "Profiles in a DuckDB database file, which is opened read-only.",
  options: {
    required: ["path"],
    properties: {
      path: {
        type: "string",
        minLength: 1,
        description: "The database file, relative to this config file.",
        examples: ["warehouse.duckdb"],
      },
      table: {
        type: "string",
        minLength: 1,
        description: "The table or view that holds the profiles.",
        examples: ["customers"],
      },
      sql: {
        type: "string",
        minLength: 1,
        description: "One SELECT that gives the profiles.",
        examples: ["select * from customers where active"],
      },
    },
    oneOf: [{ required: ["table"] }, { required: ["sql"] }],
  },
  secretKeys: [],
  pathKeys: ["path"],
  readsProject: true,
  readsText: false,
  sourceOf,
  queryOf: ({ name, table = name, sql }: DuckdbSource) => (sql === undefined ? { table } : { sql }),
  pathsOf: ({ path }: DuckdbSource) => [{ path, index: undefined }],
  definitionOf: ({ path, table, sql }: DuckdbSource, called) => ({ path: called(path), table, sql }),
  faultsOf: () => [],
  valuesOf: () => "typed",
};

function sourceOf({ path, table, sql }: Partial<DuckdbSource>, base: SourceBase): Source {
  return { ...base, type: "duckdb", kind: manifest, path, table, sql } as DuckdbSource;
}
