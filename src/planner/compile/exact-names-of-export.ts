import { mkdtemp } from "node:fs/promises";
import { join } from "node:path";
import { lookAtSource } from "../../engine/load/look-at-source.js";
import type { Config } from "../../model/config/config.js";
import type { Export } from "../../model/config/export.js";
import { Failure } from "../../model/failure.js";
import type { Segment } from "../../model/config/segment.js";
import type { Source } from "../../model/config/source.js";
import type { SeenColumns } from "../../plugin/source.js";
import { resolveSegments, resolveWanted } from "./exact-names.js";
import { openSource, sourceByEngineName } from "../../run/sources.js";
import { checkRowTexts, findTablesOfSegments } from "./segment-tables.js";
import type { Run } from "../../run/run.js";

/** An export, or as much of one as says whom it wants. */
type WantedPeople = Pick<Export, "connection" | "segments" | "match" | "consent">;

export interface ExactNames<Kind extends WantedPeople> {
  readonly config: Config;
  readonly wanted: Kind;
  readonly namedBy: (segment: Segment) => readonly string[];
}

/**
 * The export and its segments with every text that is the name of a column
 * written as SQL: a name with spaces or hyphens is not SQL, or means something
 * else there. The tables that each segment selects from come along. Throws
 * when a segment's SQL cannot be used.
 */
export async function resolveExactNames<Kind extends WantedPeople>(
  run: Run,
  wanted: Kind,
): Promise<ExactNames<Kind>> {
  const { config, engine } = run;
  const tables = await findTablesOfSegments(run, wanted);
  const around = { engine, config, tables, columnsOf: (name: string) => columnsOf(run, name) };
  const segments = await resolveSegments(around, tables.keys());
  for (const name of tables.keys()) {
    const segment = segments.get(name);
    if (segment !== undefined) await checkRowTexts(run, segment);
  }
  return {
    config: { ...config, segments },
    wanted: await resolveWanted(around, wanted),
    namedBy: ({ name }) => tables.get(name) ?? [],
  };
}

/** What sources were seen to have: exports share them. */
const seen = new WeakMap<Source, Promise<SeenColumns | undefined>>();

/** Undefined where it cannot be known: what is wrong with a source is told when it is read. */
async function columnsOf(run: Run, name: string): Promise<SeenColumns | undefined> {
  try {
    const source = sourceByEngineName(run.config, name);
    const columns = seen.get(source) ?? look(run, source);
    seen.set(source, columns);
    return await columns;
  } catch (error) {
    if (error instanceof Failure && error.kind !== "interrupted") return undefined;
    throw error;
  }
}

/** What that opens is closed once sources are loaded, so that a program runs once for both. */
async function look(run: Run, source: Source): Promise<SeenColumns> {
  const { config, clock, scratch, untrusted } = run;
  const folder = await mkdtemp(join(scratch, "look-"));
  const { timezone, sql: limits } = config;
  const options = { folder, timezone, clock, limits, tellsHeaders: !untrusted };
  return lookAtSource(options, source, await openSource(config, source, run));
}
