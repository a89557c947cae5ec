import { mkdir, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";

export type CdmRow = readonly (string | null)[];

export interface CdmEntity {
  readonly name: string;
  /** Data types by the names of the columns. */
  readonly columns: Readonly<Record<string, string>>;
  /** Rows by the path of their file below the folder. */
  readonly partitions: Readonly<Record<string, readonly CdmRow[]>>;
  readonly annotations?: readonly { readonly name: string; readonly value: string }[];
}

/** Where the storage says that the folder lies. */
export const STORAGE = "https://acme.dfs.core.windows.net/exports/CustomerInsights_5fd1/Daily";

/** The `model.json` of such tables, as Customer Insights writes it. */
export function modelJson(
  entities: readonly CdmEntity[],
  { storage = STORAGE, settings = { $type: "CsvFormatSettings" } as object, more = {} as object } = {},
): Record<string, unknown> {
  return {
    name: "CustomerInsights",
    version: "1.0",
    modifiedTime: "2026-11-30T03:31:00Z",
    entities: entities.map(({ name, columns, partitions, annotations = [] }) => ({
      $type: "LocalEntity",
      name,
      annotations,
      attributes: Object.entries(columns).map(([column, dataType]) => ({ name: column, dataType })),
      partitions: Object.keys(partitions).map((path, index) => ({
        name: `${name}_${index + 1}`,
        location: `${storage}/${path.split("/").map(encodeURIComponent).join("/")}`,
        fileFormatSettings: settings,
      })),
    })),
    ...more,
  };
}

/** All values in quotes but those that are missing, and lines that end as on Windows. */
export function csvOf(rows: readonly CdmRow[]): string {
  const text = (value: string | null): string => (value === null ? "" : `"${value.replaceAll('"', '""')}"`);
  return rows.map((row) => `${row.map(text).join(",")}\r\n`).join("");
}

/** Writes the partitions, and last the `model.json`. */
export async function writeCdmFolder(
  folder: string,
  entities: readonly CdmEntity[],
  options: Parameters<typeof modelJson>[1] = {},
): Promise<void> {
  for (const { partitions } of entities)
    for (const [path, rows] of Object.entries(partitions)) await writeWithin(folder, path, csvOf(rows));
  await writeWithin(folder, "model.json", JSON.stringify(modelJson(entities, options), undefined, 2));
}

export async function writeWithin(folder: string, path: string, content: string | Buffer): Promise<void> {
  await mkdir(dirname(join(folder, path)), { recursive: true });
  await writeFile(join(folder, path), content);
}
