import { join } from "node:path";
import { textOfForgottenId } from "../reconcile/people/forgotten.js";
import { Failure } from "../model/failure.js";
import type { KeyedHash } from "../platform/secrets/keyed-hash.js";
import { literal } from "../plugin/relation.js";
import { forgottenViewSql, writeForgottenSql } from "../state/people/forgotten.js";
import { fetchForgotten } from "../run/forgotten.js";
import type { Run } from "../run/run.js";
import type { FoundPeople } from "./look-up-people.js";
import { findOptedOutPersons } from "./opted-out-persons.js";

/** How many of these people were forgotten before. */
export async function countKnown(run: Run, hash: KeyedHash, people: readonly string[]): Promise<number> {
  const { forgotten } = run.state.root;
  if (forgotten === undefined) return 0;
  const path = await fetchForgotten(run, forgotten);
  const hashes = people.map((key) => literal(hash.of(key))).join(", ");
  return run.engine.count(
    `SELECT count(*) FROM (${forgottenViewSql(path)}) WHERE NOT doubt AND hash IN (${hashes})`,
  );
}

/** From here on these people are held back, whatever becomes of the rest. Changes nothing when they were forgotten before. */
export async function rememberPeople(
  run: Run,
  hash: KeyedHash,
  people: readonly string[],
  found: readonly FoundPeople[],
): Promise<void> {
  const { state, engine, scratch, signal } = run;
  const before = state.root.forgotten;
  if ((await countKnown(run, hash, people)) === people.length) return;
  const known = before === undefined ? undefined : await fetchForgotten(run, before);
  const path = join(scratch, "forgotten-new.parquet");
  const persons = await findOptedOutPersons(run, found);
  const hashed = (older: boolean): string[] =>
    persons.flatMap((one) => (one.older === older ? [hash.of(textOfForgottenId(one.person))] : []));
  const added = {
    addresses: people.map((key) => hash.of(key)),
    persons: hashed(false),
    olderPersons: hashed(true),
    at: new Date().toISOString(),
  };
  await engine.run(writeForgottenSql(known, added, path));
  const count = await engine.count(
    `SELECT count(*) FROM (${forgottenViewSql(path)}) WHERE NOT person AND NOT doubt`,
  );
  const blob = await state.putBlobFile("forgotten", path, signal);
  await state.update((root) => {
    if (root.forgotten?.blob.name !== before?.blob.name) {
      throw new Failure("conflict", "Another run forgets people at the same moment.", {
        hint: "Run this again.",
      });
    }
    root.forgotten = { ...before, blob, keyId: hash.keyId, people: count };
  }, signal);
}
