import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll } from "vitest";
import { Engine, type EngineOptions } from "../../src/engine/engine.ts";

/** The run clock of these tests: late in the evening of UTC, the next day already in Berlin. */
export const CLOCK = new Date("2020-02-03T23:30:00.123Z");

export interface EngineFolders {
  readonly engine: Engine;
  /** For input files; not the run folder. */
  readonly data: string;
}

/** A real engine in folders of its own, which are gone afterwards. */
export async function withEngine<T>(
  use: (folders: EngineFolders) => Promise<T>,
  options: Partial<Pick<EngineOptions, "timezone" | "limits">> = {},
): Promise<T> {
  const root = await mkdtemp(join(tmpdir(), "rollcall-engine-"));
  const data = await mkdtemp(join(tmpdir(), "rollcall-data-"));
  const folder = join(root, "run");
  let engine: Engine | undefined;
  try {
    engine = await Engine.open({ folder, timezone: "UTC", clock: CLOCK, ...options });
    return await use({ engine, data });
  } finally {
    engine?.close();
    await rm(root, { recursive: true, force: true });
    await rm(data, { recursive: true, force: true });
  }
}

/** One engine for the tests of a file, for those that leave nothing in it. */
export function sharedEngine(options: { timezone?: string } = {}): () => EngineFolders {
  let folders: EngineFolders | undefined;
  let finish: () => void = () => undefined;
  let closed: Promise<void> | undefined;
  beforeAll(
    () =>
      new Promise<void>((ready, failed) => {
        closed = withEngine(
          (opened) =>
            new Promise<void>((resolve) => {
              folders = opened;
              finish = resolve;
              ready();
            }),
          options,
        ).catch(failed);
      }),
  );
  afterAll(async () => {
    finish();
    await closed;
  });
  return () => {
    if (folders === undefined) throw new Error("the engine is not open yet");
    return folders;
  };
}
