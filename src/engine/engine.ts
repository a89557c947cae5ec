import { chmod, mkdir } from "node:fs/promises";
import type { DuckDBResultReader } from "@duckdb/node-api";
import { join } from "node:path";
import { exactPath, identifier, literal } from "../plugin/relation.js";
import { Database, openDatabase, type OpenedDatabase } from "./database.js";
import { OuterDatabase, type OuterRules, type StuckStatement } from "./outer-database.js";
import { fittedMemory, fittedThreads, thisMachine, type GivenLimits } from "./machine-limits.js";
import type { TypedSource } from "./load/typed-source.js";
import { parseByteSize, watchStatement, watchWithinTotal, type SpentTime } from "./watch-statement.js";

export interface EngineOptions {
  /** Private folder of the run; everything the engine reads and spills lies in it. */
  readonly folder: string;
  readonly timezone: string;
  /** What `now()` means everywhere in this run. */
  readonly clock: Date;
  readonly limits?: GivenLimits;
  /** Where engines of one run share what their statements took. */
  readonly spent?: SpentTime;
  /**
   * Whether messages may name the columns and tables of sources. A config that
   * nobody has reviewed decides what is read as a header, and with which delimiter.
   */
  readonly tellsHeaders?: boolean;
  /** A folder whose files sources may be, besides those that are named when the engine is locked. */
  readonly sourceFolder?: string;
}

const DEFAULT_LIMITS: GivenLimits = {
  timeoutSeconds: 300,
  totalSeconds: 7200,
  disk: "20GB",
};

/**
 * The embedded SQL engine: two in-memory DuckDBs over files of the run folder.
 * This one is ours; people's SQL runs in `outer`, out of which only the rows
 * of its results come over, as Parquet files. After `lockDown` no SQL can
 * touch anything else or change a setting.
 */
export class Engine extends Database {
  readonly folder: string;
  /** Sources, and the SQL that people wrote. */
  readonly outer: OuterDatabase;
  /** What is known of the columns of the sources in it, by their names as the engine compares them. */
  readonly typedSources = new Map<string, TypedSource>();
  readonly #outerFolders: readonly string[];
  readonly #rules: OuterRules;
  #closed = false;
  #kept = 0;

  private constructor(
    folder: string,
    inner: OpenedDatabase,
    outer: OuterDatabase,
    outerFolders: readonly string[],
    rules: OuterRules,
  ) {
    super(inner);
    this.folder = folder;
    this.outer = outer;
    this.#outerFolders = outerFolders;
    this.#rules = rules;
  }

  static async open(options: EngineOptions): Promise<Engine> {
    const { folder, sourceFolder, timezone, clock, limits: given = DEFAULT_LIMITS } = options;
    const { tellsHeaders = true, spent = { seconds: 0 } } = options;
    const machine = thisMachine();
    const { memory = fittedMemory(machine) } = given;
    const { threads = fittedThreads(parseByteSize(memory), machine) } = given;
    const limits = { ...given, memory };
    const spills = [join(folder, "spill"), join(folder, "outer", "spill")] as const;
    for (const spill of spills) await mkdir(spill, { recursive: true, mode: 0o700 });
    await chmod(folder, 0o700);
    const [inner, outer] = await Promise.all([
      openDatabase({ spill: spills[0], timezone, clock, limits, threads }),
      openDatabase({ spill: spills[1], timezone, clock, limits, threads }),
    ]);
    // Its memory is for people's queries; the file cache of the system serves those who read a source again.
    await outer.connection.run("SET enable_external_file_cache = false");
    const stuck: StuckStatement = { failure: undefined };
    const folders = [join(folder, "outer"), ...(sourceFolder === undefined ? [] : [sourceFolder])];
    const rules = { limits, spent, stuck, tellsHeaders };
    return new Engine(folder, inner, new OuterDatabase(outer, rules), folders, rules);
  }

  /** Whether a file lies where only this run writes, so that nobody knows it by its name. */
  wrote(path: string): boolean {
    return this.#outerFolders.some((folder) => path.startsWith(folder));
  }

  /**
   * From here on SQL reaches only the run folder, sources only these files, and no setting changes any more. `much`:
   * there are many rows to come.
   */
  async lockDown(files: readonly string[] = [], { much = false } = {}): Promise<void> {
    if (much) await Promise.all([this.useThreads(), this.outer.useThreads()]);
    const allowed = files.flatMap((file) => [...new Set([file, exactPath(file)])]);
    await this.outer.allowOnly(this.#outerFolders, allowed);
    await this.allowOnly([this.folder], []);
  }

  /** What files of a run may take that grow with what people's data or SQL is. */
  get diskBytes(): number {
    return parseByteSize(this.#rules.limits.disk);
  }

  /** Where the outer database keeps a file of its own. */
  outerPath(name: string): string {
    return join(this.folder, "outer", name);
  }

  /**
   * Keeps a query's rows as a file of the run folder under the view `name`,
   * with each row's number as `row`. Tables in memory would hold millions of
   * wide rows; files are read a column at a time.
   */
  async keep(name: string, sql: string): Promise<void> {
    const path = join(this.folder, this.#fileOf(name));
    await this.writeParquet(sql, path);
    await this.#offer(name, path);
  }

  /** The same for the rows of a query in the outer database. */
  async keepOuter(name: string, sql: string): Promise<void> {
    const path = this.outerPath(this.#fileOf(name));
    await this.outer.writeParquet(sql, path);
    await this.#offer(name, path);
  }

  /** One row of work on what a person wrote, under the limits of their queries. */
  limitedRow<Row>(what: string, sql: string): Promise<Row> {
    const { limits, spent, stuck } = this.#rules;
    return watchWithinTotal(what, limits, spent, (left) =>
      watchStatement(what, left, () => this.row<Row>(sql), {
        interrupt: () => this.connection.interrupt(),
        stuck: (failure) => (stuck.failure = failure),
      }),
    );
  }

  #fileOf(name: string): string {
    return `${name}-${(this.#kept += 1)}.parquet`;
  }

  async #offer(name: string, path: string): Promise<void> {
    await this.run(
      `CREATE OR REPLACE VIEW ${name} AS SELECT * RENAME (file_row_number AS row) FROM read_parquet(${literal(path)}, file_row_number = true)`,
    );
  }

  /** Drops every table and view, so that the same names can be made of other data. */
  async clear(): Promise<void> {
    this.typedSources.clear();
    for (const database of [this, this.outer]) {
      const made = await database.rows<{ kind: string; name: string }>(
        `SELECT 'VIEW' AS kind, view_name AS name FROM duckdb_views() WHERE NOT internal AND NOT temporary
         UNION ALL SELECT 'TABLE', table_name FROM duckdb_tables() WHERE NOT internal AND NOT temporary`,
      );
      await database.run(made.map(({ kind, name }) => `DROP ${kind} ${identifier(name)};`).join("\n"));
    }
  }

  protected override attempt(sql: string): () => Promise<DuckDBResultReader> {
    const own = super.attempt(sql);
    return () => {
      if (this.#rules.stuck.failure !== undefined) throw this.#rules.stuck.failure;
      return own();
    };
  }

  /** Stops the running statements; they fail with `interrupted`. */
  interrupt(): void {
    if (this.#closed) return;
    this.connection.interrupt();
    this.outer.interrupt();
  }

  close(): void {
    if (this.#closed) return;
    this.#closed = true;
    // Closing would wait for the statement that does not end.
    if (this.#rules.stuck.failure !== undefined) return;
    this.outer.close();
    this.closeDatabase();
  }
}
