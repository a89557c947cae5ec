import { chmod, mkdir } from "node:fs/promises";
import { join } from "node:path";
import { DuckDBInstance, type DuckDBConnection } from "@duckdb/node-api";
import { Failure } from "../model/failure.js";
import { identifier, literal } from "../plugin/relation.js";
import { defineFunctions } from "./functions.js";
import { explainEngineError } from "./engine-error.js";
import { watched, type Limits } from "./watched.js";

export interface EngineOptions {
  /** Private folder of the run; everything the engine reads and spills lies in it. */
  readonly folder: string;
  readonly timezone: string;
  /** What `now()` means everywhere in this run. */
  readonly clock: Date;
  readonly limits?: Limits;
}

export interface ParquetOptions {
  /** The compression clause of COPY. */
  readonly compression?: string;
  readonly rowGroup?: number;
}

/** A change set is read a batch at a time, so its row groups are about as large as a batch; the lightest zstd halves the writing. */
export const CHANGE_SET_FILE: ParquetOptions = {
  compression: "COMPRESSION zstd, COMPRESSION_LEVEL 1",
  rowGroup: 30_720,
};

const DEFAULT_LIMITS: Limits = { timeoutSeconds: 300, memory: "800MB", disk: "20GB" };

/**
 * The embedded SQL engine: one in-memory DuckDB over files of the run folder.
 * After `lockDown` no SQL can touch anything else or change a setting.
 */
export class Engine {
  readonly folder: string;
  readonly #instance: DuckDBInstance;
  readonly #connection: DuckDBConnection;
  readonly #limits: Limits;
  /** Set when a statement could not be stopped; nothing can be run any more. */
  #stuck: Failure | undefined;
  #limited: string | undefined;
  #locked = false;
  #closed = false;
  #kept = 0;
  #queue: Promise<unknown> = Promise.resolve();

  private constructor(
    folder: string,
    instance: DuckDBInstance,
    connection: DuckDBConnection,
    limits: Limits,
  ) {
    this.folder = folder;
    this.#limits = limits;
    this.#instance = instance;
    this.#connection = connection;
  }

  static async open(options: EngineOptions): Promise<Engine> {
    const spill = join(options.folder, "spill");
    await mkdir(spill, { recursive: true, mode: 0o700 });
    await chmod(options.folder, 0o700);
    const limits = options.limits ?? DEFAULT_LIMITS;
    const instance = await DuckDBInstance.create(":memory:", {
      // Past this the engine spills to its temporary folder instead of growing.
      memory_limit: limits.memory,
      temp_directory: spill,
      max_temp_directory_size: limits.disk,
      threads: "2",
      // Nothing here relies on the order of rows in files, and keeping it costs memory.
      preserve_insertion_order: "false",
      autoinstall_known_extensions: "false",
      autoload_known_extensions: "false",
    });
    const connection = await instance.connect();
    const engine = new Engine(options.folder, instance, connection, limits);
    await engine.run(`SET TimeZone = ${literal(options.timezone)}`);
    await defineFunctions(engine, connection, options.clock);
    return engine;
  }

  /** From here on SQL reaches only the run folder and these files, and no setting changes any more. */
  async lockDown(files: readonly string[] = []): Promise<void> {
    if (this.#locked) return;
    this.#locked = true;
    await this.run(`SET allowed_paths = [${files.map(literal).join(", ")}]`);
    await this.run(`SET allowed_directories = [${literal(this.folder)}]`);
    await this.run("SET enable_external_access = false");
    await this.run("SET lock_configuration = true");
  }

  async run(sql: string): Promise<void> {
    await this.#inTurn(() => this.#connection.run(sql));
  }

  /**
   * Does work whose statements hold SQL that a person wrote: under the limits,
   * and `what` is named when one of them goes past a limit. Work of this kind
   * comes one after the other.
   */
  async underLimits<Result>(what: string, work: () => Promise<Result>): Promise<Result> {
    this.#limited = what;
    try {
      return await work();
    } finally {
      this.#limited = undefined;
    }
  }

  /** A small result as objects; integers come as numbers. */
  async rows<Row>(sql: string): Promise<Row[]> {
    const reader = await this.#inTurn(() => this.#connection.runAndReadAll(sql));
    return reader.getRowObjectsJS().map((row) => plainRow(row)) as Row[];
  }

  /** One statement at a time: a connection is not made for two. */
  async #inTurn<Result>(work: () => Promise<Result>): Promise<Result> {
    const what = this.#limited;
    const turn = this.#queue.then(() => {
      if (this.#stuck !== undefined) throw this.#stuck;
      if (what === undefined) return work();
      return watched(what, this.#limits, work, {
        interrupt: () => this.interrupt(),
        stuck: (failure) => (this.#stuck = failure),
      });
    });
    this.#queue = turn.catch(() => undefined);
    try {
      return await turn;
    } catch (error) {
      throw explainEngineError(error);
    }
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

  /** Writes a query to a Parquet file in the run folder, readable by its owner only. */
  async writeParquet(sql: string, path: string, options: ParquetOptions = {}): Promise<number> {
    const { compression = "COMPRESSION snappy", rowGroup } = options;
    const size = rowGroup === undefined ? "" : `, ROW_GROUP_SIZE ${rowGroup}`;
    const { n } = await this.rowOfCopy(
      `COPY (${sql}) TO ${literal(path)} (FORMAT parquet, ${compression}${size})`,
    );
    await chmod(path, 0o600);
    return n;
  }

  /**
   * Keeps a query's rows as a file of the run folder under the view `name`,
   * with each row's number as `row`. Tables in memory would hold millions of
   * wide rows; files are read a column at a time.
   */
  async keep(name: string, sql: string): Promise<void> {
    const path = join(this.folder, `${name}-${(this.#kept += 1)}.parquet`);
    await this.writeParquet(sql, path);
    await this.run(
      `CREATE OR REPLACE VIEW ${name} AS SELECT * RENAME (file_row_number AS row) FROM read_parquet(${literal(path)}, file_row_number = true)`,
    );
  }

  /** Drops every table and view, so that the same names can be made of other data. */
  async clear(): Promise<void> {
    const made = await this.rows<{ kind: string; name: string }>(
      `SELECT 'VIEW' AS kind, view_name AS name FROM duckdb_views() WHERE NOT internal AND NOT temporary
       UNION ALL SELECT 'TABLE', table_name FROM duckdb_tables() WHERE NOT internal AND NOT temporary`,
    );
    if (made.length > 0)
      await this.run(made.map(({ kind, name }) => `DROP ${kind} ${identifier(name)}`).join("; "));
  }

  /** Stops the running statement; it fails with `interrupted`. */
  interrupt(): void {
    if (!this.#closed) this.#connection.interrupt();
  }

  close(): void {
    if (this.#closed) return;
    this.#closed = true;
    // Closing would wait for the statement that does not end.
    if (this.#stuck !== undefined) return;
    this.#connection.closeSync();
    this.#instance.closeSync();
  }

  private async rowOfCopy(sql: string): Promise<{ n: number }> {
    const row = await this.row<Record<string, number>>(sql);
    return { n: Number(Object.values(row)[0] ?? 0) };
  }
}

function plainRow(row: Record<string, unknown>): Record<string, unknown> {
  for (const [name, value] of Object.entries(row)) {
    if (typeof value === "bigint") row[name] = Number(value);
  }
  return row;
}
