import { mkdir } from "node:fs/promises";
import { Engine } from "../engine/engine.js";
import type { SpentTime } from "../engine/watch-statement.js";
import type { Config } from "../model/config/config.js";

/**
 * One engine that is used again from case to case, because opening one takes
 * as long as a case. Its clock stands still, so that another `now` is another engine.
 */
export class Lane {
  readonly #folder: string;
  readonly #config: Pick<Config, "timezone" | "sql">;
  readonly #signal: AbortSignal;
  readonly #spent: SpentTime;
  #engine: Engine | undefined;
  #clock: Date | undefined;
  readonly #interrupt = (): void => this.#engine?.interrupt();

  /** Whatever the engine reads has to lie in `folder`; all lanes of a run share `spent`. */
  constructor(
    folder: string,
    config: Pick<Config, "timezone" | "sql">,
    { signal, spent }: { readonly signal: AbortSignal; readonly spent: SpentTime },
  ) {
    this.#folder = folder;
    this.#config = config;
    this.#signal = signal;
    this.#spent = spent;
    signal.addEventListener("abort", this.#interrupt);
  }

  get folder(): string {
    return this.#folder;
  }

  /** An engine with this clock in which nothing has been made yet. */
  async engineAt(clock: Date): Promise<Engine> {
    if (this.#engine !== undefined && this.#clock?.getTime() === clock.getTime()) {
      await this.#engine.clear();
      return this.#engine;
    }
    this.#engine?.close();
    await mkdir(this.#folder, { recursive: true, mode: 0o700 });
    const { timezone, sql: limits } = this.#config;
    const engine = await Engine.open({
      folder: this.#folder,
      sourceFolder: this.#folder,
      timezone,
      clock,
      limits,
      spent: this.#spent,
    });
    // Each case writes files of the same names.
    await engine.run("SET enable_external_file_cache = false");
    this.#engine = engine;
    this.#clock = clock;
    return engine;
  }

  close(): void {
    this.#signal.removeEventListener("abort", this.#interrupt);
    this.#engine?.close();
  }
}
