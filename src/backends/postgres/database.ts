import type { Pool, PoolClient, QueryResult } from "pg";
import { limitRequest } from "../time-limit.js";
import { explainPostgresError, isMissingTable, type Phase } from "./errors.js";

/** Runs statements for somebody who may not want to wait for their end. */
export class Database {
  readonly #pool: Pool;
  readonly #label: string;

  constructor(pool: Pool, label: string) {
    this.#pool = pool;
    this.#label = label;
  }

  /** One statement, which is a transaction of its own. `NotMade` passes as the driver's error, see `isMissingTable`. */
  query(
    phase: Exclude<Phase, "connect">,
    text: string,
    values: readonly unknown[],
    signal: AbortSignal,
  ): Promise<QueryResult<Record<string, unknown>>> {
    return this.with(phase, limitRequest(signal, sizeOf(values)), signal, (client) =>
      client.query<Record<string, unknown>>(text, [...values]),
    );
  }

  /** A transaction, taken back when `work` throws or does not want it. */
  async transaction(
    statements: (client: PoolClient) => Promise<boolean>,
    signal: AbortSignal,
    bytes: number,
  ): Promise<boolean> {
    return this.with("write", limitRequest(signal, bytes), signal, async (client) => {
      await client.query("begin");
      const wanted = await statements(client);
      await client.query(wanted ? "commit" : "rollback");
      return wanted;
    });
  }

  /** A connection for as long as `work` takes. One that was aborted, hung or failed is not used again. */
  async with<T>(
    phase: Exclude<Phase, "connect">,
    limit: AbortSignal,
    signal: AbortSignal,
    work: (client: PoolClient) => Promise<T>,
  ): Promise<T> {
    const client = await this.#connect(signal);
    let released = false;
    const end = (broken: boolean): void => {
      if (!released) client.release(broken);
      released = true;
    };
    const abort = (): void => end(true);
    // Without a listener the error of a destroyed connection would end the process.
    client.on("error", ignore);
    limit.addEventListener("abort", abort, { once: true });
    try {
      limit.throwIfAborted();
      const result = await work(client);
      end(false);
      return result;
    } catch (error) {
      end(true);
      signal.throwIfAborted();
      throw isMissingTable(error) ? error : explainPostgresError(error, phase, this.#label);
    } finally {
      limit.removeEventListener("abort", abort);
      client.off("error", ignore);
    }
  }

  async #connect(signal: AbortSignal): Promise<PoolClient> {
    signal.throwIfAborted();
    const connecting = this.#pool.connect();
    let stop = (): void => undefined;
    const aborted = new Promise<never>((_, reject) => {
      stop = () => reject(signal.reason as Error);
      signal.addEventListener("abort", stop, { once: true });
    });
    try {
      return await Promise.race([connecting, aborted]);
    } catch (error) {
      // It may still come.
      void connecting.then(
        (client) => client.release(true),
        () => undefined,
      );
      signal.throwIfAborted();
      throw explainPostgresError(error, "connect", this.#label);
    } finally {
      signal.removeEventListener("abort", stop);
    }
  }
}

function ignore(): void {
  // The query that was under way says so.
}

function sizeOf(values: readonly unknown[]): number {
  return values.reduce<number>((sum, value) => sum + (value instanceof Uint8Array ? value.length : 0), 0);
}
