import type { Source } from "../../model/config/source.js";
import type { Reading, SeenColumns, SourceRead } from "../../plugin/source.js";
import { Engine, type EngineOptions } from "../engine.js";
import { readingOf } from "./reading.js";

/**
 * The columns of a source before a run knows which others it needs. An engine of
 * its own reaches the files of this source alone: that of the run is locked once
 * all are known.
 */
export async function lookAtSource(
  options: EngineOptions,
  source: Source,
  read: SourceRead,
): Promise<SeenColumns> {
  let opened: Engine | undefined;
  const { signal } = read;
  const interrupt = (): void => opened?.interrupt();
  signal.addEventListener("abort", interrupt);
  try {
    return await read.columnNames(async () => {
      opened = await Engine.open(options);
      return lookLocked(opened, source, read);
    });
  } finally {
    signal.removeEventListener("abort", interrupt);
    opened?.close();
  }
}

async function lookLocked(engine: Engine, source: Source, read: SourceRead): Promise<Reading> {
  const { outer } = engine;
  const what = `Source "${source.name}"`;
  await engine.lockDown(read.files);
  for (const statement of read.attach) await outer.run(statement);
  const reading = readingOf(engine, source, read.signal);
  return {
    ...reading,
    query: <Row>(sql: string): Promise<Row[]> => {
      const ask = (): Promise<Row[]> => reading.query(sql);
      // A database has SQL of people in it, and be it in a view.
      return source.kind.queryOf(source) === undefined
        ? outer.readUnderLimits(what, ask)
        : outer.underLimits(what, ask);
    },
  };
}
