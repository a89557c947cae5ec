import { join } from "node:path";
import type { Diagnostic } from "../../model/diagnostic.js";
import { Failure } from "../../model/failure.js";
import type { ForgetKeyReplacement } from "../../model/reports/forget-key.js";
import type { KeyedHash } from "../../platform/secrets/keyed-hash.js";
import { forgottenViewSql, writeReplacedSql } from "../../state/people/forgotten.js";
import type { ForgottenRef } from "../../state/root/root.js";
import { readPeople } from "../../forget/addresses.js";
import { createAddressesInDoubt, anyRecordedAddressSql } from "../../forget/addresses-in-doubt.js";
import { readForgetKey, fetchForgotten } from "../../run/forgotten.js";
import { withLocks } from "../../run/locks.js";
import type { Run } from "../../run/run.js";
import { withRun, type RunOptions } from "../../run/open.js";

export interface ReplaceOptions extends RunOptions {
  /** Addresses that are known to have been forgotten. */
  readonly file: string | undefined;
  readonly dryRun: boolean;
  readonly actor: string;
  /** Asked once, with what it means; never in a dry run. */
  readonly approve: (replacement: ForgetKeyReplacement) => Promise<boolean>;
}

export interface ReplaceResult {
  /** What was done, or would be in a dry run; undefined when it was not approved or the config is invalid. */
  readonly replacement: ForgetKeyReplacement | undefined;
  readonly diagnostics: readonly Diagnostic[];
}

/**
 * `rollcall state replace-forget-key`: a way on when the key of forgotten people is lost. Nobody can tell any more
 * who they were, so everybody in the sources whom no record knows is held back, unless all who were forgotten are
 * named again. Asks no destination; sends nothing.
 */
export async function replaceForgetKey(options: ReplaceOptions): Promise<ReplaceResult> {
  const { result, diagnostics } = await withRun(options, async (run) => {
    const { state } = run;
    const hash = await newKey(run);
    const known = mustBeReplaceable(state.root.forgotten, hash);
    const people =
      options.file === undefined
        ? []
        : await readPeople(run, options.cwd, { words: [], file: options.file, stdin: undefined });
    const work = { options, hash, known, people };
    const planned = await weigh(run, work);
    if (options.dryRun) return planned.replacement;
    const purpose = { operation: "state replace-forget-key", actor: options.actor };
    return withLocks(run, Object.keys(state.root.accounts), purpose, async () => {
      if (!(await options.approve(planned.replacement))) return undefined;
      await store(run, work, planned);
      return planned.replacement;
    });
  });
  return { replacement: result, diagnostics };
}

interface ReplaceTask {
  readonly options: ReplaceOptions;
  readonly hash: KeyedHash;
  readonly known: ForgottenRef;
  readonly people: readonly string[];
}

/** A key that is gone, and who was forgotten under it. */
interface LostKey {
  readonly keyId: string;
  readonly people: number;
  readonly ids: number;
}

interface WeighedReplacement {
  readonly replacement: ForgetKeyReplacement;
  /** SELECTs of `hash`; they hold the key, so for one statement each. */
  readonly named: string;
  readonly doubted: string;
  /** SELECT of those who were forgotten under the key that holds already, as `forgottenViewSql`. */
  readonly kept: string;
  /** How many people are known to have been forgotten then. */
  readonly people: number;
}

async function newKey(run: Run): Promise<KeyedHash> {
  const hash = await readForgetKey(run);
  if (hash !== undefined) return hash;
  throw new Failure("invalid", "The config has no forget.key that could take the place of the lost one.", {
    hint: "Make a key with `openssl rand -hex 32`, keep it for good, and write `forget: {key: {env: NAME}}`.",
  });
}

function mustBeReplaceable(known: ForgottenRef | undefined, { keyId }: KeyedHash): ForgottenRef {
  if (known === undefined)
    throw new Failure("invalid", "Nobody was forgotten yet, so any forget.key will do.", {
      hint: "Write the new one into the config.",
    });
  const doubts = known.lostKeys?.at(-1)?.doubted ?? 0;
  if (known.keyId !== keyId || doubts > 0) return known;
  throw new Failure("invalid", "The config has the very key under which people were forgotten.", {
    hint: "Nothing is lost, and nothing has to be replaced.",
  });
}

/**
 * What it means; changes nothing. Later, with the new key, the same once more for those who are held back in doubt.
 * Only whom this call names counts for letting them go: who was forgotten since is somebody else.
 */
async function weigh(run: Run, { hash, known, people }: ReplaceTask): Promise<WeighedReplacement> {
  const { engine } = run;
  const before = `(${forgottenViewSql(await fetchForgotten(run, known))})`;
  const again = known.keyId === hash.keyId;
  const open = known.lostKeys?.at(-1);
  const lost: LostKey = again && open !== undefined ? open : await lostWith(run, known, before);
  await mustBeOnNoList(run, people);
  const given =
    people.length === 0
      ? "SELECT NULL::VARCHAR AS hash WHERE false"
      : `SELECT ${hash.sqlOf("key")} AS hash FROM forget_people`;
  const kept = `SELECT * FROM ${before} WHERE ${again ? "NOT doubt" : "false"}`;
  const released = people.length > 0 && people.length >= lost.people && lost.ids === 0;
  if (again && !released) throw notEverybody(people.length, lost);
  const keys = released ? undefined : await createAddressesInDoubt(run);
  const doubted =
    keys === undefined
      ? "SELECT NULL::VARCHAR AS hash WHERE false"
      : `SELECT ${hash.sqlOf("key")} AS hash FROM ${keys}`;
  const forgotten = `${given} UNION SELECT hash FROM (${kept}) WHERE NOT person`;
  return {
    named: given,
    doubted,
    kept,
    people: await engine.count(`SELECT count(*) FROM (${forgotten})`),
    replacement: {
      lostKeyId: lost.keyId,
      keyId: hash.keyId,
      people: lost.people,
      ids: lost.ids,
      named: people.length,
      doubted: await engine.count(`SELECT count(*) FROM (${doubted} EXCEPT (${forgotten}))`),
      released,
    },
  };
}

/** Whom nobody can tell any more: also those who were still in doubt because of a key that was lost before. */
async function lostWith({ engine }: Run, known: ForgottenRef, before: string): Promise<LostKey> {
  const ids = await engine.count(`SELECT count(*) FROM ${before} WHERE person`);
  const open = known.lostKeys?.at(-1);
  const still = open !== undefined && open.doubted > 0 ? open : { people: 0, ids: 0 };
  return { keyId: known.keyId, people: known.people + still.people, ids: ids + still.ids };
}

/** Whoever was forgotten has left every record: a list of people who are on one is another list. */
async function mustBeOnNoList(run: Run, people: readonly string[]): Promise<void> {
  if (people.length === 0) return;
  const there = await run.engine.count(
    `SELECT count(*) FROM forget_people WHERE key IN (${await anyRecordedAddressSql(run)})`,
  );
  if (there === 0) return;
  throw new Failure(
    "refused",
    `${there} of the ${people.length} addresses named are recorded on a list, so they were not forgotten.`,
    { hint: "Name those who were. Nothing was changed." },
  );
}

function notEverybody(named: number, { people, ids }: LostKey): Failure {
  return new Failure(
    "refused",
    ids > 0
      ? "Ids were forgotten as well, which no address stands for, so whoever is in doubt stays held back."
      : `${people} people were forgotten, and ${named} of them are named: the others may be among those who are held back.`,
    { hint: "Nothing was changed." },
  );
}

async function store(
  run: Run,
  { options, hash, known }: ReplaceTask,
  weighed: WeighedReplacement,
): Promise<void> {
  const { engine, state, scratch, signal } = run;
  const at = new Date().toISOString();
  const path = join(scratch, "forgotten-replaced.parquet");
  await engine.run(writeReplacedSql(weighed, at, path));
  const blob = await state.putBlobFile("forgotten", path, signal);
  const { lostKeyId, people, ids, named, doubted } = weighed.replacement;
  const lost = { keyId: lostKeyId, people, ids, at, actor: options.actor, named, doubted };
  await state.update((root) => {
    if (root.forgotten?.blob.name !== known.blob.name)
      throw new Failure("conflict", "Another run forgets people at the same moment.", {
        hint: "Run this again.",
      });
    root.forgotten = {
      blob,
      keyId: hash.keyId,
      people: weighed.people,
      lostKeys: [...(known.lostKeys ?? []), lost],
    };
  }, signal);
}
