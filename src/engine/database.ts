import { chmod } from "node:fs/promises";
import { DuckDBInstance, type DuckDBConnection, type DuckDBResultReader } from "@duckdb/node-api";
import { Failure } from "../model/failure.js";
import { literal } from "../plugin/relation.js";
import { explainEngineError } from "./engine-error.js";
import { defineFunctions, NeededMacros } from "./functions.js";
import type { StatementLimits } from "./watch-statement.js";

/** One in-memory DuckDB and the connection to it. */
export interface OpenedDatabase {
  readonly instance: DuckDBInstance;
  readonly connection: DuckDBConnection;
  readonly macros: NeededMacros;
  /** For much data. */
  readonly threads: number;
}

export interface DatabaseOptions {
  /** Folder for what does not fit into memory. */
  readonly spill: string;
  readonly timezone: string;
  /** What `now()` means everywhere in this run. */
  readonly clock: Date;
  readonly limits: StatementLimits;
  /** For much data. */
  readonly threads: number;
}

export interface ParquetOptions {
  /** The compression clause of COPY. */
  readonly compression?: string;
  readonly rowGroup?: number;
  /** Rows in the order in which the query reads them from each file. */
  readonly inOrder?: boolean;
}

/** An empty database with the functions in it that every statement may use, and one thread. */
export async function openDatabase({
  spill,
  timezone,
  clock,
  limits,
  threads,
}: DatabaseOptions): Promise<OpenedDatabase> {
  const instance = await DuckDBInstance.create(":memory:", {
    // Past this the engine spills to its temporary folder instead of growing.
    memory_limit: limits.memory,
    temp_directory: spill,
    max_temp_directory_size: limits.disk,
    threads: "1",
    // Keeping the order of rows costs memory; what relies on it says so.
    preserve_insertion_order: "false",
    autoinstall_known_extensions: "false",
    autoload_known_extensions: "false",
  });
  const connection = await instance.connect();
  await connection.run(`SET TimeZone = ${literal(timezone)}`);
  defineFunctions(connection);
  return { instance, connection, macros: new NeededMacros(clock), threads };
}

/** Statements to one database, one at a time. */
export class Database {
  readonly #instance: DuckDBInstance;
  protected readonly connection: DuckDBConnection;
  readonly #macros: NeededMacros;
  readonly #threads: number;
  #locked = false;
  #queue: Promise<unknown> = Promise.resolve();

  constructor({ instance, connection, macros, threads }: OpenedDatabase) {
    this.#instance = instance;
    this.connection = connection;
    this.#macros = macros;
    this.#threads = threads;
  }

  async run(sql: string): Promise<void> {
    await this.#inTurn(sql);
  }

  /** A small result as objects; integers come as numbers. */
  async rows<Row>(sql: string): Promise<Row[]> {
    const reader = await this.#inTurn(sql);
    return reader.getRowObjectsJS().map((row) => plainRow(row)) as Row[];
  }

  /** The one row of a result. */
  async row<Row>(sql: string): Promise<Row> {
    const [first] = await this.rows<Row>(sql);
    if (first === undefined)
      throw new Failure("permanent", "The engine returned no row where one was expected.");
    return first;
  }

  /** One number. */
  async count(sql: string): Promise<number> {
    const { n } = await this.row<{ n: number }>(`SELECT (${sql}) AS n`);
    return n;
  }

  /** Writes a query to a Parquet file, readable by its owner only; says how many rows. */
  async writeParquet(sql: string, path: string, options: ParquetOptions = {}): Promise<number> {
    const { compression = "COMPRESSION snappy", rowGroup, inOrder = false } = options;
    const size = rowGroup === undefined ? "" : `, ROW_GROUP_SIZE ${rowGroup}`;
    const order = inOrder ? ", PRESERVE_ORDER true" : "";
    const counts = await this.row<Record<string, number>>(
      `COPY (${sql}) TO ${literal(path)} (FORMAT parquet, ${compression}${size}${order})`,
    );
    await chmod(path, 0o600);
    return Number(Object.values(counts)[0] ?? 0);
  }

  /** For much data. For a few rows the other threads would cost more than they do. */
  async useThreads(): Promise<void> {
    if (!this.#locked) await this.run(`SET threads = ${this.#threads}`);
  }

  /** From here on SQL reaches only these folders and files, and no setting changes any more. */
  async allowOnly(folders: readonly string[], files: readonly string[]): Promise<void> {
    if (this.#locked) return;
    this.#locked = true;
    await this.run(
      `SET allowed_paths = [${files.map(literal).join(", ")}];
       SET allowed_directories = [${folders.map(literal).join(", ")}];
       SET enable_external_access = false;
       SET lock_configuration = true;`,
    );
  }

  /** How one piece of SQL is run, decided when it is asked for. Fails with nothing but a `Failure`. */
  protected attempt(sql: string): () => Promise<DuckDBResultReader> {
    return async () => {
      try {
        await this.createMacrosFor(sql);
        return await this.connection.runAndReadAll(sql);
      } catch (error) {
        throw explainEngineError(error);
      }
    };
  }

  /** To be done before a statement is run or prepared. */
  protected createMacrosFor(sql: string): Promise<void> {
    return this.#macros.createFor(sql, this.connection);
  }

  /** A connection is not made for two statements at once. */
  #inTurn(sql: string): Promise<DuckDBResultReader> {
    const turn = this.#queue.then(this.attempt(sql));
    this.#queue = turn.catch(() => undefined);
    return turn;
  }

  protected closeDatabase(): void {
    this.connection.closeSync();
    this.#instance.closeSync();
  }
}

function plainRow(row: Record<string, unknown>): Record<string, unknown> {
  for (const [name, value] of Object.entries(row)) {
    if (typeof value === "bigint") row[name] = Number(value);
  }
  return row;
}
