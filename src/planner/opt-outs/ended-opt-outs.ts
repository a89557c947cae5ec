import { counted } from "../../model/words/counted.js";
import { Failure } from "../../model/failure.js";
import type { DestinationView, OptOutPlace } from "../../plugin/destination.js";
import { isUnlikely, type EndedOptOuts } from "../../plan/checks/opt-outs-ended.js";
import { endedSql, atPlaceSql, optOutsViewSql } from "../../state/people/opt-outs.js";
import type { Run } from "../../run/run.js";

/** People who are asked for one by one in a run; the others stay held back until the next one. */
const MOST_LOOKUPS = 300;

interface MergedOptOuts {
  /** Table of the opt-outs after the read. */
  readonly table: string;
  /** File of what was known before. */
  readonly known: string;
  /** Places that were read to their end. */
  readonly whole: readonly OptOutPlace[];
}

/**
 * Nobody is let back in only because an answer does not name them. Those whom
 * the destination can be asked for one by one are, up to a bound; where many
 * end at once they all stay held back, unless a person lets them go
 * (`mayEnd`). Answers with the places of the latter kind.
 */
export async function holdDoubtful(
  run: Run,
  destination: DestinationView,
  { table, known, whole }: MergedOptOuts,
  mayEnd: (place: EndedOptOuts) => boolean,
): Promise<EndedOptOuts[]> {
  const { engine } = run;
  const unlikely: EndedOptOuts[] = [];
  let lookups = MOST_LOOKUPS;
  for (const place of whole) {
    const gone = `${table}_gone`;
    await engine.run(`CREATE OR REPLACE TABLE ${gone} AS ${endedSql(known, table, place)}`);
    const ended = await engine.count(`SELECT count(*) FROM ${gone}`);
    if (ended === 0) continue;
    const before = await engine.count(
      `SELECT count(*) FROM (${optOutsViewSql(known)}) WHERE ${atPlaceSql(place)}`,
    );
    const counts = { said: saidOf(place), known: before, ended };
    const many = isUnlikely(counts);
    const rows = await engine.rows<{ key: string }>(`SELECT key FROM ${gone} ORDER BY key LIMIT ${lookups}`);
    const asked = await lookUp(
      run,
      destination,
      place,
      rows.map(({ key }) => key),
    );
    lookups -= asked === "not possible" ? 0 : rows.length;
    if (many) unlikely.push(counts);
    const back = `INSERT INTO ${table} SELECT * FROM ${gone}`;
    if (asked === "failed" || (many && !mayEnd(counts))) await engine.run(back);
    else if (asked === "gone" && !many)
      await engine.run(
        `${back} WHERE key > (SELECT coalesce(max(key), '') FROM (SELECT key FROM ${gone} ORDER BY key LIMIT ${rows.length}))`,
      );
  }
  return unlikely;
}

type LookupAnswer = "gone" | "failed" | "not possible";

/** Throws when somebody is still there: then the read was not whole, and may lack others too. */
async function lookUp(
  run: Run,
  destination: DestinationView,
  place: OptOutPlace,
  keys: readonly string[],
): Promise<LookupAnswer> {
  if (destination.stillOptedOut === undefined) return "not possible";
  let still: readonly string[];
  try {
    still = await destination.stillOptedOut(place, keys, run.signal);
  } catch (error) {
    if (!(error instanceof Failure) || error.kind === "interrupted") throw error;
    run.emit({
      type: "warning",
      export: undefined,
      message: `${counted(keys.length, "person stays", "people stay")} held back who ${saidOf(place)}: that they are not named there any more could not be confirmed. ${error.message}`,
    });
    return "failed";
  }
  if (still.length === 0) return "gone";
  throw new Failure(
    "transient",
    `Of those who ${saidOf(place)} the whole list did not name ${counted(still.length, "person", "people")} whom the destination still holds back when it is asked for them.`,
    { hint: "Run again. If it stays so, ask the vendor: without all of them nobody can tell who opted out." },
  );
}

/** Completes "people who …". */
function saidOf({ listId, reason }: OptOutPlace): string {
  return listId === undefined ? reason : `${reason} from list ${listId}`;
}
