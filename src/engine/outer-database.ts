import type { DuckDBResultReader } from "@duckdb/node-api";
import { Failure } from "../model/failure.js";
import { explainBinding } from "./user-sql/binding-error.js";
import { Database, type OpenedDatabase } from "./database.js";
import { explainAnyStatement, explainEngineError, explainRunning } from "./engine-error.js";
import { tellableNames } from "./user-sql/names.js";
import { watchStatement, watchWithinTotal, type StatementLimits, type SpentTime } from "./watch-statement.js";

/** What one run's databases share: a statement that could not be stopped ends the use of all. */
export interface StuckStatement {
  failure: Failure | undefined;
}

export interface OuterRules {
  readonly limits: StatementLimits;
  readonly spent: SpentTime;
  readonly stuck: StuckStatement;
  /** Whether messages may name columns and tables of sources. */
  readonly tellsHeaders: boolean;
}

/**
 * The database in which people's SQL runs. It holds the sources and nothing
 * else, and reads no files but theirs, so that whatever this SQL names, there
 * is neither the ledger nor another of our tables to be found.
 */
export class OuterDatabase extends Database {
  readonly #rules: OuterRules;
  readonly #repeated: string[] = [];
  readonly #untold = new Set<string>();
  #watching: { readonly what: string; readonly ofPeople: boolean } | undefined;

  constructor(opened: OpenedDatabase, rules: OuterRules) {
    super(opened);
    this.#rules = rules;
  }

  /** Whether messages may say what stands where in a source. */
  get tellsHeaders(): boolean {
    return this.#rules.tellsHeaders;
  }

  /** Which names of a source's columns or tables a message may hold. */
  told(names: readonly string[], source?: string): readonly string[] {
    return this.#rules.tellsHeaders && !this.#untold.has(source ?? "") ? tellableNames(names) : [];
  }

  /** From here on no message holds a name of this source's columns, which may be values of somebody. */
  keepUntold(source: string): void {
    this.#untold.add(source);
  }

  /** Keeps names that several columns of a source have, so that whoever names one is told why there is no such column. */
  rememberRepeated(names: readonly string[], source: string): void {
    this.#repeated.push(...this.told(names, source));
  }

  /**
   * Does work whose statements hold SQL that a person wrote: under the limits,
   * and `what` is named when one of them goes past a limit. Work of this kind
   * comes one after the other.
   */
  underLimits<Result>(what: string, work: () => Promise<Result>): Promise<Result> {
    return this.#while({ what, ofPeople: true }, work);
  }

  /** The same for SQL of ours that reads the files of a source: what is wrong with a line may be told. */
  readUnderLimits<Result>(what: string, work: () => Promise<Result>): Promise<Result> {
    return this.#while({ what, ofPeople: false }, work);
  }

  async #while<Result>(
    watching: { readonly what: string; readonly ofPeople: boolean },
    work: () => Promise<Result>,
  ): Promise<Result> {
    this.#watching = watching;
    try {
      return await work();
    } finally {
      this.#watching = undefined;
    }
  }

  protected override attempt(sql: string): () => Promise<DuckDBResultReader> {
    const watching = this.#watching;
    const own = super.attempt(sql);
    const work = watching?.ofPeople === true ? () => this.#runOfPeople(sql) : own;
    const { limits, spent, stuck } = this.#rules;
    return () => {
      if (stuck.failure !== undefined) throw stuck.failure;
      if (watching === undefined) return work();
      return watchWithinTotal(watching.what, limits, spent, (left) =>
        watchStatement(watching.what, left, work, {
          interrupt: () => this.connection.interrupt(),
          stuck: (failure) => (stuck.failure = failure),
        }),
      );
    };
  }

  /**
   * Before the first row is read, an error is about the SQL alone, and it may be told what is wrong. From then on data can
   * shape the engine's words. Only an error asks which it was: running plans a prepared statement once more.
   */
  async #runOfPeople(sql: string): Promise<DuckDBResultReader> {
    await this.createMacrosFor(sql).catch((error: unknown) => {
      throw explainEngineError(error);
    });
    try {
      await this.#mustBeOne(sql);
      return await this.connection.runAndReadAll(sql);
    } catch (error) {
      // These say it already; after an interrupt, planning could take as long again.
      throw explainAnyStatement(error) ?? (await this.#findFault(sql)) ?? explainRunning(error);
    }
  }

  /** What people wrote does not end the statement it stands in and begin another. */
  async #mustBeOne(sql: string): Promise<void> {
    const { count } = await this.connection.extractStatements(sql);
    if (count !== 1) throw new Failure("invalid", "The SQL must be exactly one SELECT.");
  }

  /** What is wrong with SQL before any row is read. */
  async #findFault(sql: string): Promise<Failure | undefined> {
    try {
      const prepared = await this.connection.prepare(sql);
      prepared.destroySync();
      return undefined;
    } catch (error) {
      return explainBinding(error, sql, await this.#columns(), this.#repeated);
    }
  }

  /** The columns of the sources that are loaded, as far as they may be told. */
  async #columns(): Promise<readonly string[]> {
    const columns = await this.connection
      .runAndReadAll(
        "SELECT table_name AS source, list(column_name) AS names FROM duckdb_columns() WHERE NOT internal GROUP BY table_oid, table_name",
      )
      .catch((error: unknown) => {
        throw explainEngineError(error);
      });
    return columns
      .getRowObjectsJS()
      .flatMap(({ source, names }) => this.told(names as string[], source as string));
  }

  /** Stops the running statement; it fails with `interrupted`. */
  interrupt(): void {
    this.connection.interrupt();
  }

  close(): void {
    this.closeDatabase();
  }
}
