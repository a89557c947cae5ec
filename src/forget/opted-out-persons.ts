import { join } from "node:path";
import { wasOnListSql } from "../reconcile/people/hand-removals.js";
import { isOlderHashSql } from "../reconcile/people/person-hash.js";
import { unlessFailed } from "../model/unless-failed.js";
import { literal } from "../plugin/relation.js";
import { addressesViewSql, rememberedSince } from "../state/people/opt-outs.js";
import { accountState } from "../state/root/root.js";
import type { OpenConnection } from "../run/accounts.js";
import { readRecordedClaims } from "../planner/rows/load-data.js";
import { readOptOuts } from "../planner/opt-outs/opt-outs.js";
import type { Run } from "../run/run.js";
import type { FoundPeople } from "./look-up-people.js";

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
export async function findOptedOutPersons(
  run: Run,
  found: readonly FoundPeople[],
): Promise<readonly KnownPerson[]> {
  const { engine } = run;
  const persons = new Map<string, KnownPerson>();
  for (const [index, key] of Object.keys(run.state.root.accounts).entries()) {
    const prefix = `forget_persons${index}`;
    const known = `${prefix}_known`;
    await engine.run(`CREATE OR REPLACE TABLE ${known} AS ${await knownSql(run, key, prefix)}`);
    if ((await engine.count(`SELECT count(*) FROM ${known}`)) === 0) continue;
    const at = found.find(({ target }) => target.key === key);
    const optedOut = await askAgain(run, at, prefix);
    const rows = await engine.rows<KnownPerson>(
      `SELECT DISTINCT person, ${isOlderHashSql("person")} AS older FROM ${known}${optedOut === undefined ? "" : ` SEMI JOIN (${optedOut}) AS o USING (key)`}`,
    );
    for (const row of rows) persons.set(row.person, row);
  }
  return [...persons.values()];
}

/** SELECT `key`, `person` of what an account's state knows of the people. */
async function knownSql(run: Run, key: string, prefix: string): Promise<string> {
  const { state, scratch, signal, clock } = run;
  const recorded = accountState(state.root, key)?.optOuts;
  const path = recorded === undefined ? undefined : join(scratch, `${prefix}.parquet`);
  if (recorded !== undefined && path !== undefined) await state.fetchBlob(recorded.blob, path, signal);
  const since = rememberedSince(recorded?.readAt, { clock });
  return `SELECT DISTINCT key, person FROM (
      SELECT key, person FROM (${await readRecordedClaims(run, key)})
      UNION ALL SELECT key, person FROM (${addressesViewSql(path, since)})
    ) WHERE person IS NOT NULL AND key IN (SELECT key FROM forget_people)`;
}

/** SELECT `key` of who opted out or was taken off by now; undefined when nobody can say. */
async function askAgain(
  run: Run,
  found: FoundPeople | undefined,
  prefix: string,
): Promise<string | undefined> {
  if (found?.target.open === undefined) return undefined;
  const { key, open } = found.target;
  const lists = Object.values(run.state.root.exports)
    .filter(({ list }) => list.accountId === key)
    .flatMap(({ list, formerLists = [] }) => [list.listId, ...formerLists]);
  return unlessFailed(async () => {
    const options = { lists: [...new Set(lists)], everyone: false };
    const { optOuts } = await readOptOuts(run, open, prefix, options);
    return `SELECT key FROM ${optOuts.table} WHERE reason <> 'bounced' UNION SELECT key FROM ${optOuts.handRemovals.removed} UNION ${await offSql(run, found, open)}`;
  });
}

/**
 * SELECT `key` of those whom the record has on a list on which they were not
 * found: others took them off, which no run had seen. Where nobody could be
 * looked up, that is everybody.
 */
async function offSql(
  run: Run,
  { asked, contacts }: FoundPeople,
  { accountKey, plugin }: OpenConnection,
): Promise<string> {
  const on = contacts.flatMap(({ email, lists }) =>
    lists.map((list) => `(address_key(${literal(email)}), ${literal(list)})`),
  );
  const wasOn = wasOnListSql("c", run.clock, plugin.capabilities.lagSeconds);
  return `SELECT key FROM (${await readRecordedClaims(run, accountKey)}) AS c
    WHERE ${wasOn} AND key IN (NULL${["", ...asked.map(literal)].join(", ")})
      ${on.length === 0 ? "" : `AND (key, list_id) NOT IN (${on.join(", ")})`}`;
}
