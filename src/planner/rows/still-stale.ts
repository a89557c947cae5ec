import type { ScheduledExport } from "../../model/config/schedule.js";
import { unlessFailed } from "../../model/unless-failed.js";
import type { MaxAge } from "../../model/config/source.js";
import { findTablesOfSegments } from "../compile/segment-tables.js";
import { findAges, checkFreshness } from "./freshness.js";
import { loadNamedSources } from "./load-data.js";
import { selectExports } from "../prepare.js";
import type { Run } from "../../run/run.js";
import { withRun, type RunOptions } from "../../run/open.js";

/**
 * Of the exports that wait for fresh data, those that still have none. Asks no
 * destination and takes no lock, because it is looked at every few minutes.
 */
export async function findStillStale(
  options: RunOptions,
  schedule: readonly ScheduledExport[],
): Promise<ReadonlySet<string>> {
  const waiting = schedule.filter(({ dueness }) => dueness.state === "waiting").map(({ name }) => name);
  if (waiting.length === 0) return new Set();
  const { result } = await withRun(options, (run) => lookAgain(run, waiting));
  return new Set(result);
}

async function lookAgain(run: Run, names: readonly string[]): Promise<string[]> {
  const limited = new Map<string, string[]>();
  // What is wrong with an export or its source keeps it from waiting any longer, and the run says it.
  for (const wanted of selectExports(run, names))
    await unlessFailed(async () => {
      const tables = [...(await findTablesOfSegments(run, wanted)).values()].flat();
      const own = [...new Set(tables)].filter((name) => maxAgeOf(run, name) !== undefined);
      limited.set(wanted.name, own);
    });
  const measured = [...limited.values()].flat().filter((name) => {
    const source = run.config.sources.get(name);
    return maxAgeOf(run, name)?.column !== undefined || source?.kind.readsProject === false;
  });
  await loadNamedSources(run, new Set(measured));
  const stale: string[] = [];
  for (const [name, sources] of limited)
    await unlessFailed(async () => {
      if (checkFreshness(run, await findAges(run, sources)).length > 0) stale.push(name);
    });
  return stale;
}

function maxAgeOf({ config }: Run, source: string): MaxAge | undefined {
  return config.sources.get(source)?.maxAge;
}
