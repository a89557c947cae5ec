import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import type { Columns } from "../../../src/config/schema/config-file.gen.ts";
import { columnsOf } from "../../../src/config/normalise/source.ts";
import type { Engine } from "../../../src/engine/engine.ts";
import { loadSource } from "../../../src/engine/load/load-source.ts";
import { Failure } from "../../../src/model/failure.ts";
import type { DuckdbSource } from "../../../src/sources/duckdb/duckdb-source.ts";
import type { FilesSource } from "../../../src/sources/files/files-source.ts";
import { duckdb } from "../../../src/sources/duckdb/index.ts";
import { manifest as duckdbKind } from "../../../src/sources/duckdb/manifest.js";
import { manifest as filesKind } from "../../../src/sources/files/manifest.js";
import { files } from "../../../src/sources/files/index.ts";
import { SharedThings } from "../../../src/run/shared.js";
import type { EngineFolders } from "../../support/engine.ts";

let sources = 0;
const signal = new AbortController().signal;

/** Parts of a source, its columns as a config declares them. */
type Declaring<Kind> = Partial<Omit<Kind, "columns">> & { readonly columns?: Columns };
type FilesOptions = Declaring<FilesSource>;

export interface Loaded {
  readonly rows: number;
  readonly view: string;
  /** `name TYPE` of each column. */
  readonly columns: readonly string[];
  /** Every value as text. */
  readonly values: readonly (readonly (string | null)[])[];
}

/** Writes files (name → content) and loads them as one source. */
export async function loadFiles(
  { engine, data }: EngineFolders,
  contents: Readonly<Record<string, string | Buffer>>,
  { columns = {}, ...options }: FilesOptions = {},
): Promise<Loaded> {
  for (const [name, content] of Object.entries(contents)) await writeFile(join(data, name), content);
  const source: FilesSource = {
    type: "files",
    kind: filesKind,
    name: `people ${(sources += 1)}`,
    columns: columnsOf(columns),
    minimumRows: undefined,
    maxAge: undefined,
    paths: Object.keys(contents),
    folder: data,
    format: undefined,
    delimiter: undefined,
    rules: {},
    ...options,
  };
  return described(
    engine,
    source.name,
    await loadSource(
      engine,
      source,
      await files.open(source, { within: ["/"], secrets: {}, shared: new SharedThings(), signal }),
    ),
  );
}

/** Loads one CSV file. */
export function loadCsv(folders: EngineFolders, text: string, options: FilesOptions = {}): Promise<Loaded> {
  return loadFiles(folders, { [`people-${(sources += 1)}.csv`]: text }, options);
}

export async function loadDatabase(
  { engine }: EngineFolders,
  path: string,
  { columns = {}, ...options }: Declaring<DuckdbSource>,
): Promise<Loaded> {
  const source: DuckdbSource = {
    type: "duckdb",
    kind: duckdbKind,
    folder: "/",
    name: `people ${(sources += 1)}`,
    columns: columnsOf(columns),
    minimumRows: undefined,
    maxAge: undefined,
    path,
    table: undefined,
    sql: undefined,
    ...options,
  };
  return described(
    engine,
    source.name,
    await loadSource(
      engine,
      source,
      await duckdb.open(source, { within: ["/"], secrets: {}, shared: new SharedThings(), signal }),
    ),
  );
}

async function described(engine: Engine, name: string, { rows }: { rows: number }): Promise<Loaded> {
  const columns = await engine.outer.rows<{ column_name: string; column_type: string }>(`DESCRIBE "${name}"`);
  const values = await engine.outer.rows<Record<string, string | null>>(
    `SELECT CAST(COLUMNS(*) AS VARCHAR) FROM "${name}" ORDER BY ALL LIMIT 10`,
  );
  return {
    rows,
    view: `"${name}"`,
    columns: columns.map(({ column_name, column_type }) => `${column_name} ${column_type}`),
    values: values.map((row) => Object.values(row)),
  };
}

/** The `Failure` that `work` must end with. */
export async function failureOf(work: Promise<unknown>): Promise<Failure> {
  const error = await work.then(
    () => new Error("it went well"),
    (reason: unknown) => reason,
  );
  if (!(error instanceof Failure)) throw error;
  return error;
}
