import type { ScheduledExport } from "../../model/schedule.js";
import { unlessFailed } from "../../model/unless-failed.js";
import type { MaxAge } from "../../model/source.js";
import { tablesOfSegments } from "../compile/segment-tables.js";
import { agesOf, checkFreshness } from "./freshness.js";
import { loadNamed } from "./load-data.js";
import { selectExports } from "../prepare.js";
import type { Session } from "../../run/run.js";
import { withSession, type SessionOptions } from "../../run/open.js";

/**
 * Of the exports that wait for fresh data, those that still have none. Asks no
 * destination and takes no lock, because it is looked at every few minutes.
 */
export async function stillStale(
  options: SessionOptions,
  schedule: readonly ScheduledExport[],
): Promise<ReadonlySet<string>> {
  const waiting = schedule.filter(({ dueness }) => dueness.state === "waiting").map(({ name }) => name);
  if (waiting.length === 0) return new Set();
  const { result } = await withSession(options, (session) => lookAgain(session, waiting));
  return new Set(result);
}

async function lookAgain(session: Session, names: readonly string[]): Promise<string[]> {
  const limited = new Map<string, string[]>();
  // What is wrong with an export or its source keeps it from waiting any longer, and the run says it.
  for (const wanted of selectExports(session, names))
    await unlessFailed(async () => {
      const tables = [...(await tablesOfSegments(session, wanted)).values()].flat();
      const own = [...new Set(tables)].filter((name) => maxAgeOf(session, name) !== undefined);
      limited.set(wanted.name, own);
    });
  const measured = [...limited.values()]
    .flat()
    .filter((name) => maxAgeOf(session, name)?.column !== undefined);
  await loadNamed(session, new Set(measured));
  const stale: string[] = [];
  for (const [name, sources] of limited)
    await unlessFailed(async () => {
      if (checkFreshness(session, await agesOf(session, sources)).length > 0) stale.push(name);
    });
  return stale;
}

function maxAgeOf({ config }: Session, source: string): MaxAge | undefined {
  return config.sources.get(source)?.maxAge;
}
