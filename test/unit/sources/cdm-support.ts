import { mkdtemp } from "node:fs/promises";
import { dirname, join } from "node:path";
import { loadSource, type LoadedSource } from "../../../src/engine/load/load-source.js";
import { SharedThings } from "../../../src/run/shared.js";
import type { CdmSource } from "../../../src/sources/cdm/cdm-source.js";
import { cdm } from "../../../src/sources/cdm/index.js";
import { manifest } from "../../../src/sources/cdm/manifest.js";
import type { SourceRead } from "../../../src/plugin/source.js";
import type { EngineFolders } from "../../support/engine.js";

const signal = new AbortController().signal;
let sources = 0;

/** A folder of its own for a case. */
export function newFolder({ data }: EngineFolders): Promise<string> {
  return mkdtemp(join(data, "cdm-"));
}

export interface LoadedTable extends LoadedSource {
  readonly view: string;
  /** `name TYPE` of each column. */
  readonly columnTypes: readonly string[];
  /** Every value as text. */
  readonly values: readonly (readonly (string | null)[])[];
}

export function cdmSource(path: string, options: Partial<CdmSource> = {}): CdmSource {
  const written = {
    path,
    entity: options.entity ?? "Customer",
    finalNewline: options.finalNewline ?? "required",
  };
  const folder = path.endsWith(".json") ? dirname(path) : path;
  const base = {
    name: `crm ${(sources += 1)}`,
    folder,
    columns: {},
    minimumRows: undefined,
    maxAge: undefined,
  };
  return manifest.sourceOf(written, base) as CdmSource;
}

export function openCdm(source: CdmSource, within: readonly string[] = [source.folder]): Promise<SourceRead> {
  return cdm.open(source, { within, secrets: {}, shared: new SharedThings(), signal });
}

/** What a run would have of a table; `meanwhile` happens between looking and reading. */
export async function loadCdm(
  { engine }: EngineFolders,
  path: string,
  options: Partial<CdmSource> = {},
  meanwhile: () => Promise<unknown> = async () => undefined,
): Promise<LoadedTable> {
  const source = cdmSource(path, options);
  const read = await openCdm(source);
  await meanwhile();
  const loaded = await loadSource(engine, source, read);
  const view = `"${source.name}"`;
  const described = await engine.outer.rows<{ column_name: string; column_type: string }>(`DESCRIBE ${view}`);
  const rows = await engine.outer.rows<Record<string, string | null>>(
    `SELECT CAST(COLUMNS(*) AS VARCHAR) FROM ${view} ORDER BY ALL`,
  );
  return {
    ...loaded,
    view,
    columnTypes: described.map(({ column_name, column_type }) => `${column_name} ${column_type}`),
    values: rows.map((row) => Object.values(row)),
  };
}
