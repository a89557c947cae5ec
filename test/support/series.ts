import { mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { FULL } from "./full.js";
import { seriesInTime } from "./minutes.js";

const SEEDS = 2_147_483_647;
const RUN: RunOfSeries = {
  full: FULL,
  folder: fileURLToPath(new URL("../../coverage/series/", import.meta.url)),
  given: process.env["ROLLCALL_TEST_SEED"],
};

export interface RunOfSeries {
  readonly full: boolean;
  /** What was told, a file for each series. */
  readonly folder: string;
  /** The seed of a story that somebody wants to see again. */
  readonly given: string | undefined;
}

/** What a full run told of a series. */
export interface Told {
  readonly name: string;
  readonly first: number;
  /** The seed with which the next full run begins. */
  readonly next: number;
  readonly stories: number;
  readonly seconds: number;
  /** In milliseconds since 1970. */
  readonly endedAt: number;
}

/**
 * Stories that follow from a seed each, which is counted up from the first. A full run begins where the last one on this
 * machine stopped, so that a run of few minutes does not tell the same stories again.
 */
export class Series {
  readonly first: number;
  readonly #name: string;
  readonly #run: RunOfSeries;

  constructor(name: string, run = RUN) {
    this.#name = name;
    this.#run = run;
    this.first = Number(run.given ?? (run.full ? this.#lastTold()?.next : undefined) ?? Date.now() % SEEDS);
  }

  /** Tells stories while more of them are wanted and there is time. One that fails is the first of the next full run. */
  async tellWhile(areWanted: () => boolean, tell: (seed: number) => Promise<unknown>): Promise<void> {
    const isInTime = seriesInTime();
    const began = performance.now();
    let seed = this.first;
    try {
      for (; areWanted() && isInTime(); seed++) await tell(seed);
    } finally {
      this.#write(seed, (performance.now() - began) / 1000);
    }
  }

  /** Tells one story, which may be many of chance itself. */
  async tellOne(tell: (seed: number) => Promise<unknown>): Promise<void> {
    let told = false;
    await this.tellWhile(
      () => !told,
      async (seed) => {
        await tell(seed);
        told = true;
      },
    );
  }

  get #path(): string {
    return join(this.#run.folder, `${this.#name.replaceAll(/[^a-z0-9]+/giu, "-")}.json`);
  }

  #lastTold(): Told | undefined {
    try {
      return JSON.parse(readFileSync(this.#path, "utf8")) as Told;
    } catch {
      return undefined;
    }
  }

  #write(next: number, seconds: number): void {
    // A seed that somebody gave is a story to be looked at, and not the next one.
    if (!this.#run.full || this.#run.given !== undefined) return;
    const stories = next - this.first;
    const told: Told = {
      name: this.#name,
      first: this.first,
      next,
      stories,
      seconds,
      endedAt: performance.timeOrigin + performance.now(),
    };
    mkdirSync(this.#run.folder, { recursive: true });
    writeFileSync(this.#path, JSON.stringify(told));
  }
}

/** What was told since an instant (milliseconds since 1970), a line each. */
export function describeTold(since: number, folder = RUN.folder): string[] {
  const rows = readTold(folder)
    .filter(({ endedAt }) => endedAt >= since)
    .map(({ name, first, next, stories, seconds }) => [
      name,
      String(stories),
      stories === 0 ? "" : `${first}–${next - 1}`,
      `${Math.round(seconds)} s`,
    ]);
  if (rows.length === 0) return [];
  const table = [["series", "stories", "seeds", "time"], ...rows.sort()];
  const widths = table[0]!.map((_, column) => Math.max(...table.map((row) => row[column]!.length)));
  return table.map((row) =>
    row
      .map((cell, column) => cell.padEnd(widths[column]!))
      .join("  ")
      .trimEnd(),
  );
}

function readTold(folder: string): Told[] {
  try {
    return readdirSync(folder).map((file) => JSON.parse(readFileSync(join(folder, file), "utf8")) as Told);
  } catch {
    return [];
  }
}
