import { join } from "node:path";
import { forgottenPerson } from "../../engine/forgotten.js";
import { Failure } from "../../model/failure.js";
import type { KeyedHash } from "../../platform/keyed-hash.js";
import { literal } from "../../plugin/relation.js";
import { forgottenViewSql, writeForgottenSql } from "../../state/forgotten.js";
import { ledgerViewSql } from "../../state/ledger.js";
import { optOutsViewSql } from "../../state/opt-outs.js";
import { forgottenFile } from "../forgotten.js";
import { ledgerFiles } from "../ledger-files.js";
import type { Session } from "../prepare/session.js";

/** How many of these people were forgotten before. */
export async function countKnown(
  session: Session,
  hash: KeyedHash,
  people: readonly string[],
): Promise<number> {
  const { forgotten } = session.state.root;
  if (forgotten === undefined) return 0;
  const path = await forgottenFile(session, forgotten);
  const hashes = people.map((key) => literal(hash.of(key))).join(", ");
  return session.engine.count(`SELECT count(*) FROM (${forgottenViewSql(path)}) WHERE hash IN (${hashes})`);
}

/** From here on these people are held back, whatever becomes of the rest. Changes nothing when they were forgotten before. */
export async function remember(session: Session, hash: KeyedHash, people: readonly string[]): Promise<void> {
  const { state, engine, scratch, signal } = session;
  const before = state.root.forgotten;
  if ((await countKnown(session, hash, people)) === people.length) return;
  const known = before === undefined ? undefined : await forgottenFile(session, before);
  const path = join(scratch, "forgotten-new.parquet");
  const added = {
    addresses: people.map((key) => hash.of(key)),
    persons: (await optedOutPersons(session)).map((person) => hash.of(forgottenPerson(person))),
    at: new Date().toISOString(),
  };
  await engine.run(writeForgottenSql(known, added, path));
  const count = await engine.count(`SELECT count(*) FROM (${forgottenViewSql(path)}) WHERE NOT person`);
  const blob = await state.putBlobFile("forgotten", path, signal);
  await state.update((root) => {
    if (root.forgotten?.blob.name !== before?.blob.name) {
      throw new Failure("conflict", "Another run forgets people at the same moment.", {
        hint: "Run this again.",
      });
    }
    root.forgotten = { blob, keyId: hash.keyId, people: count };
  }, signal);
}

/**
 * Ids, as state keeps them, of those among the people who opted out: with a new
 * address they are held back as well, which their hash alone would not do.
 */
async function optedOutPersons(session: Session): Promise<string[]> {
  const { state, engine, scratch, signal } = session;
  const persons = new Set<string>();
  for (const [index, { ledger, optOuts }] of Object.values(state.root.accounts).entries()) {
    if (optOuts === undefined) continue;
    const path = join(scratch, `forget-persons-${index}.parquet`);
    await state.fetchBlob(optOuts.blob, path, signal);
    const claims = ledgerViewSql(await ledgerFiles(session, ledger));
    const rows = await engine.rows<{ person: string }>(
      `SELECT DISTINCT person FROM (SELECT key, person FROM (${claims}) UNION ALL SELECT key, person FROM read_parquet(${literal(path)}))
       WHERE person IS NOT NULL AND key IN (SELECT key FROM forget_people) AND key IN (SELECT key FROM (${optOutsViewSql(path)}) WHERE reason <> 'bounced')`,
    );
    for (const { person } of rows) persons.add(person);
  }
  return [...persons];
}
