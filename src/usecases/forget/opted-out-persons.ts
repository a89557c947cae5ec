import { join } from "node:path";
import { isOlderHash } from "../../engine/person-hash.js";
import { Failure } from "../../model/failure.js";
import { addressesViewSql, rememberedSince } from "../../state/opt-outs.js";
import { accountState } from "../../state/root.js";
import { recordedClaims } from "../prepare/load-data.js";
import { readOptOuts } from "../prepare/opt-outs.js";
import type { Session } from "../prepare/session.js";
import type { ForgetTarget } from "./open.js";

/** The hash that state keeps of an id. */
interface KnownPerson {
  readonly person: string;
  /** It is of an older version. */
  readonly older: boolean;
}

/**
 * Ids, as state keeps them, of those among the people who opted out or were
 * taken off a list by hand: with a new
 * address they are held back as well, which their hash alone would not do. The
 * accounts are asked now, because many opt out right before they write; where
 * that is impossible, people count as opted out.
 */
export async function optedOutPersons(
  session: Session,
  targets: readonly ForgetTarget[],
): Promise<readonly KnownPerson[]> {
  const { engine } = session;
  const persons = new Map<string, KnownPerson>();
  for (const [index, key] of Object.keys(session.state.root.accounts).entries()) {
    const prefix = `forget_persons${index}`;
    const known = `${prefix}_known`;
    await engine.run(`CREATE OR REPLACE TABLE ${known} AS ${await knownSql(session, key, prefix)}`);
    if ((await engine.count(`SELECT count(*) FROM ${known}`)) === 0) continue;
    const target = targets.find((one) => one.key === key);
    const optedOut = await askAgain(session, target, prefix);
    const rows = await engine.rows<KnownPerson>(
      `SELECT DISTINCT person, ${isOlderHash("person")} AS older FROM ${known}${optedOut === undefined ? "" : ` SEMI JOIN (${optedOut}) AS o USING (key)`}`,
    );
    for (const row of rows) persons.set(row.person, row);
  }
  return [...persons.values()];
}

/** SELECT `key`, `person` of what an account's state knows of the people. */
async function knownSql(session: Session, key: string, prefix: string): Promise<string> {
  const { state, scratch, signal, clock } = session;
  const recorded = accountState(state.root, key)?.optOuts;
  const path = recorded === undefined ? undefined : join(scratch, `${prefix}.parquet`);
  if (recorded !== undefined && path !== undefined) await state.fetchBlob(recorded.blob, path, signal);
  const since = rememberedSince(recorded?.readAt, { clock });
  return `SELECT DISTINCT key, person FROM (
      SELECT key, person FROM (${await recordedClaims(session, key)})
      UNION ALL SELECT key, person FROM (${addressesViewSql(path, since)})
    ) WHERE person IS NOT NULL AND key IN (SELECT key FROM forget_people)`;
}

/** SELECT `key` of who opted out by now; undefined when nobody can say. */
async function askAgain(
  session: Session,
  target: ForgetTarget | undefined,
  prefix: string,
): Promise<string | undefined> {
  if (target?.open === undefined) return undefined;
  const lists = Object.values(session.state.root.exports)
    .filter(({ list }) => list.accountId === target.key)
    .map(({ list }) => list.listId);
  try {
    const options = { lists: [...new Set(lists)], everyone: false };
    const { optOuts } = await readOptOuts(session, target.open, prefix, options);
    return `SELECT key FROM ${optOuts.table} WHERE reason <> 'bounced' UNION SELECT key FROM ${optOuts.handRemovals.removed}`;
  } catch (error) {
    if (!(error instanceof Failure) || error.kind === "interrupted") throw error;
    return undefined;
  }
}
