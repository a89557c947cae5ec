import { stat } from "node:fs/promises";
import { loadSource } from "../../engine/load/load-source.js";
import type { Source } from "../../model/config/source.js";
import type { Failure } from "../../model/failure.js";
import { keptFailure } from "../../platform/defects.js";
import type { SourceRead } from "../../plugin/source.js";
import type { Run } from "../../run/run.js";
import { openSource, sourceByEngineName } from "../../run/sources.js";

/** What of a run sources are read with. */
export type SourcesRun = Pick<Run, "config" | "engine" | "loadedSources" | "shared" | "emit" | "signal">;

/**
 * Locks the engine and reads sources by their names, once. Returns why those that could not be read failed. `besides`:
 * bytes of what else the engine is to work with.
 */
export async function readSources(
  run: SourcesRun,
  names: ReadonlySet<string>,
  besides = 0,
): Promise<Map<string, Failure>> {
  try {
    return await readOpened(run, names, besides);
  } finally {
    await run.shared.close();
  }
}

async function readOpened(
  run: SourcesRun,
  names: ReadonlySet<string>,
  besides: number,
): Promise<Map<string, Failure>> {
  const failures = new Map<string, Failure>();
  const opened: { source: Source; read: SourceRead }[] = [];
  const tried = async (name: string, work: () => Promise<unknown>): Promise<void> => {
    try {
      await work();
    } catch (error) {
      failures.set(name, keptFailure(error));
    }
  };
  for (const name of names) {
    await tried(name, async () => {
      const source = sourceByEngineName(run.config, name);
      opened.push({ source, read: await openSource(run.config, source, run) });
    });
  }
  // Before anything is read: a database file may hold views that read other files.
  const files = opened.flatMap(({ read }) => read.files);
  const bytes = besides + (await bytesOf(files));
  const isUnmeasured = opened.some(({ source }) => !source.kind.readsProject);
  await run.engine.lockDown(files, { much: bytes > FEW_BYTES || isUnmeasured });
  for (const { source, read } of opened) {
    run.emit({ type: "stage", export: undefined, stage: `reading ${source.name}` });
    await tried(source.name, async () => {
      run.loadedSources.set(source.name, await loadSource(run.engine, source, read));
    });
  }
  return failures;
}

/** Some ten thousand people. */
const FEW_BYTES = 1_000_000;

/** What cannot be measured is told when it is read. */
async function bytesOf(files: readonly string[]): Promise<number> {
  const sizes = await Promise.all(
    files.map((path) =>
      stat(path).then(
        ({ size }) => size,
        () => 0,
      ),
    ),
  );
  return sizes.reduce((sum, size) => sum + size, 0);
}
