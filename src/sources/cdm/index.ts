import { dirname, join } from "node:path";
import { Failure } from "../../model/failure.js";
import { foldName } from "../../model/fold-name.js";
import { counted } from "../../model/words/counted.js";
import type {
  Reading,
  SourceContext,
  SourcePlugin,
  SourceRead,
  SourceRelation,
  ValueType,
} from "../../plugin/source.js";
import { readDescribedNames } from "../../formats/described-names.js";
import { isAsBefore, newestOf, takeStamp, type FileStamp } from "../../formats/file-stamp.js";
import type { CdmSource } from "./cdm-source.js";
import { copyCsv } from "./copy-csv.js";
import { findCurrentRows } from "./current-rows.js";
import { checkRefresh } from "./dated-folders.js";
import { isAsRead, readDocument, type Document } from "./document.js";
import { columnsOfEntity } from "./entity-file.js";
import { findDocument } from "./find-document.js";
import { findPartitions } from "./find-partitions.js";
import { wayOf } from "./location.js";
import { tableOfManifest } from "./manifest-json.js";
import { tableOfModel } from "./model-json.js";
import { csvSql, filesSql, parquetSql, type CopiedFiles } from "./rows-sql.js";
import type { Column, CsvDialect, PlacedPartition, Table } from "./table.js";

/** Profiles in a folder of the Common Data Model. */
export const cdm = {
  async open(source: CdmSource, context: SourceContext): Promise<SourceRead> {
    try {
      return await open(source, context);
    } catch (error) {
      if (!(error instanceof Failure)) throw error;
      const { kind, message, hint } = error;
      throw new Failure(kind, `Source "${source.name}": ${message}`, {
        ...(hint === undefined ? {} : { hint }),
        cause: error,
      });
    }
  },
} satisfies SourcePlugin;

async function open(source: CdmSource, { within, signal }: SourceContext): Promise<SourceRead> {
  const main = await readDocument(await findDocument(source.path, within), within);
  const { table, documents } = await readTable(main, source.entity, within);
  if (table.columns.length === 0) throw new Failure("invalid", `"${source.entity}" has no columns.`);
  if (table.partitions.length === 0)
    throw new Failure("invalid", `"${source.entity}" has no partitions.`, {
      hint: "Nothing has been written of it yet, or only changes are, in folders of their own; a whole table is needed.",
    });
  const partitions = await findPartitions(table, main.path, within);
  await checkRefresh(partitions, main.path);
  const stamps = await Promise.all(partitions.map(({ path }) => takeStamp(path)));
  return new CdmRead(source, { table, documents, partitions, stamps, within, signal });
}

interface Found {
  readonly table: Table;
  /** The first is the one that names the partitions. */
  readonly documents: readonly [Document, ...Document[]];
  readonly partitions: readonly PlacedPartition[];
  readonly stamps: readonly FileStamp[];
  readonly within: readonly string[];
  readonly signal: AbortSignal;
}

async function readTable(
  main: Document,
  entity: string,
  within: readonly string[],
): Promise<Pick<Found, "table" | "documents">> {
  if (!main.path.endsWith(".manifest.cdm.json"))
    return { table: tableOfModel(main.content, entity), documents: [main] };
  const { schema, ...table } = tableOfManifest(main.content, entity);
  const [, file, name] = /^(?:local:)?\/?(.+\.cdm\.json)\/([^/]+)$/i.exec(schema) ?? [];
  if (file === undefined || name === undefined || file.includes(":"))
    throw new Failure("invalid", `the schema of "${entity}" is not a file beside the manifest.`, {
      hint: "The CDM corpus is not read: write the schema resolved, beside the manifest.",
    });
  const path = join(dirname(main.path), ...wayOf(file).names);
  const schemaFile = await readDocument(path, within);
  return {
    table: { ...table, columns: columnsOfEntity(schemaFile.content, name) },
    documents: [main, schemaFile],
  };
}

class CdmRead implements SourceRead {
  readonly files: readonly string[];
  readonly attach = [];
  readonly detach = [];
  readonly untyped = "none";
  readonly signal: AbortSignal;
  readonly asOf: Date | undefined;
  readonly #source: CdmSource;
  readonly #found: Found;
  #counts: Counts | undefined;

  constructor(source: CdmSource, found: Found) {
    this.#source = source;
    this.#found = found;
    this.signal = found.signal;
    this.files = [...found.documents, ...found.partitions].map(({ path }) => path);
    this.asOf = found.table.asOf ?? newestOf(found.stamps);
  }

  columnNames(): ReturnType<SourceRead["columnNames"]> {
    const { names } = uniqueColumns(this.#found.table.columns);
    return Promise.resolve({ names, all: true });
  }

  async relation(reading: Reading): Promise<SourceRelation> {
    const { columns } = this.#found.table;
    const { names, repeated } = uniqueColumns(columns);
    const wanted = columns.filter(({ name }) => names.includes(name));
    if (wanted.length === 0) throw new Failure("invalid", "all of its columns have the same name.");
    const all = await this.#read(wanted, reading);
    const { sql, deleted, replaced } = await findCurrentRows(wanted, all.sql, reading);
    this.#counts = { rows: all.rows, deleted, replaced };
    const types = Object.fromEntries(
      wanted.flatMap(({ name, type }): [string, ValueType][] => (type === undefined ? [] : [[name, type]])),
    );
    return { sql, withFiles: sql, alone: [], repeated, files: [], types };
  }

  async examine(): Promise<void> {
    for (const stamp of this.#found.stamps) if (!(await isAsBefore(stamp))) throw changed();
  }

  async seal(rows: number): ReturnType<SourceRead["seal"]> {
    const { documents, partitions, within } = this.#found;
    const [main] = documents;
    await this.examine();
    for (const document of documents) if (!(await isAsRead(document, within))) throw changed();
    await checkRefresh(partitions, main.path);
    const { rows: counts = 0, deleted = 0, replaced = 0 } = this.#counts ?? {};
    if (rows + deleted + replaced !== counts)
      throw new Failure("invalid", `its partitions have ${counted(counts, "row")}, and ${rows} arrived.`, {
        hint: "Run the command again; if it stays so, report it.",
      });
    const left = [
      deleted === 0 ? [] : `${counted(deleted, "row")} deleted`,
      replaced === 0 ? [] : `${replaced} replaced by newer ones`,
    ].flat();
    const without = left.length === 0 ? "" : `, without ${left.join(" and ")}`;
    return {
      proof: `all of its ${counted(partitions.length, "partition")}, each of whole rows${without}`,
      snapshot: main.digest.slice(0, DIGITS),
      asOf: this.asOf,
    };
  }

  /** All rows of all partitions, and how many there are by the files themselves. */
  async #read(wanted: readonly Column[], reading: Reading): Promise<{ sql: string; rows: number }> {
    const { partitions } = this.#found;
    const csv = partitions.filter(isCsv);
    if (csv.length === partitions.length) return this.#readCsv(wanted, csv, reading);
    if (csv.length > 0)
      throw new Failure("invalid", "some of its partitions are CSV, and others Parquet.", {
        hint: "Write all partitions of a table alike.",
      });
    return readParquet(wanted, partitions, reading);
  }

  async #readCsv(
    wanted: readonly Column[],
    partitions: readonly CsvPartition[],
    reading: Reading,
  ): Promise<{ sql: string; rows: number }> {
    const { columns } = this.#found.table;
    const names = columns.map(({ name }) => name);
    const groups = new Map<string, CopiedFiles>();
    let rows = 0;
    let left = reading.scratchBytes;
    for (const [index, partition] of partitions.entries()) {
      const to = {
        path: reading.scratch(`${this.#source.name}-${index}.csv`),
        mostBytes: left,
        mayLackEnd: this.#source.finalNewline === "optional",
      };
      const copy = await copyCsv(partition, names, to, this.signal);
      rows += copy.rows;
      left -= copy.bytes;
      const kind = JSON.stringify(partition.format);
      const paths = groups.get(kind)?.paths ?? [];
      groups.set(kind, { dialect: partition.format, paths: [...paths, copy.path] });
    }
    return { sql: csvSql({ columns, wanted }, [...groups.values()]), rows };
  }
}

interface Counts {
  readonly rows: number;
  readonly deleted: number;
  readonly replaced: number;
}

/** As many tell two descriptions apart. */
const DIGITS = 16;

type CsvPartition = PlacedPartition & { readonly format: CsvDialect };

function isCsv(partition: PlacedPartition): partition is CsvPartition {
  return partition.format !== "parquet";
}

async function readParquet(
  wanted: readonly Column[],
  partitions: readonly PlacedPartition[],
  reading: Reading,
): Promise<{ sql: string; rows: number }> {
  const paths = partitions.map(({ path }) => path);
  for (const path of paths) {
    const names = await readDescribedNames(`SELECT * FROM read_parquet(${filesSql([path])})`, reading);
    const there = new Set(names.map(foldName));
    const lacking = wanted.find(({ name }) => !there.has(foldName(name)));
    if (lacking !== undefined)
      throw new Failure("invalid", "a partition lacks columns that the folder names.", {
        hint: "Write the folder again.",
      });
  }
  const [seen] = await reading.query<{ rows: number }>(
    `SELECT sum(num_rows)::DOUBLE AS rows FROM parquet_file_metadata(${filesSql(paths)})`,
  );
  return { sql: parquetSql(wanted, paths), rows: seen?.rows ?? 0 };
}

/** Columns that have a name of their own, and names that several have. */
function uniqueColumns(columns: readonly Column[]): {
  names: readonly string[];
  repeated: readonly string[];
} {
  const counts = new Map<string, number>();
  for (const { name } of columns) counts.set(foldName(name), (counts.get(foldName(name)) ?? 0) + 1);
  const names = columns.map(({ name }) => name);
  const isOne = (name: string): boolean => counts.get(foldName(name)) === 1;
  return { names: names.filter(isOne), repeated: [...new Set(names.filter((name) => !isOne(name)))] };
}

function changed(): Failure {
  return new Failure("transient", "the folder changed while it was being read.", {
    hint: "Run again when the export is done.",
  });
}
