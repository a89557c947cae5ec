import type { Diagnostic } from "../../model/diagnostic.js";
import type { Emit } from "../../model/run/event.js";
import { Failure } from "../../model/failure.js";
import type { Migration } from "../../model/reports/state-report.js";
import { LeaseHeld } from "../../plugin/state-backend.js";
import { serialiseRoot, type StateRoot } from "../../state/root/root.js";
import { withRunFolder } from "../../state/run-folder.js";
import { withLocks } from "../../run/locks.js";
import { findContents, Copy, type Contents } from "./migration/copy.js";
import { lookAtPlaces, type ComparedPlaces } from "./migration/look-at-places.js";
import { openPlaces, type OldPlace, type Places } from "./migration/places.js";
import { waitUntilGone } from "./migration/until-gone.js";
import { rekeyAll } from "../../state/upkeep/rekey.js";
import type { StateOptions } from "../../run/open-state.js";
import { takeAllAccounts } from "../../state/upkeep/take-all-accounts.js";

export interface MigrateOptions extends StateOptions {
  readonly from: OldPlace;
  readonly dryRun: boolean;
  readonly emit: Emit;
  /** Asked once, with what it is about; never in a dry run. */
  readonly approve: (migration: Migration) => Promise<boolean>;
}

export interface MigrateResult {
  /** What was moved, or would be in a dry run; undefined when it was not approved or a config is invalid. */
  readonly migration: Migration | undefined;
  readonly diagnostics: readonly Diagnostic[];
}

/**
 * `rollcall state migrate`: moves the state to the place that the config names.
 * Everything is copied first; then the old place is closed, and only then the
 * new one gets its root document. So at no time are there two states that can
 * be written, and the next run goes on wherever this one was cut off.
 */
export async function migrateState(options: MigrateOptions): Promise<MigrateResult> {
  const { places, diagnostics } = await openPlaces(options, options.from);
  if (places === undefined) return { migration: undefined, diagnostics };
  const migration = await withRunFolder((scratch) => migrate({ ...options, places, scratch }));
  return { migration, diagnostics };
}

interface MigrateTask extends MigrateOptions {
  readonly places: Places;
  readonly scratch: string;
}

async function migrate(work: MigrateTask): Promise<Migration | undefined> {
  const { places, scratch, signal, dryRun } = work;
  const first = await lookAtPlaces(places, signal);
  const contents = first.stage === "done" ? NOTHING : await findContents(first.state, scratch, signal);
  const about = migrationOf(places, first, contents);
  if (dryRun || first.stage === "done") return about;
  if (!(await work.approve(about))) return undefined;
  const accounts = Object.keys(first.state.root.accounts);
  const { config } = places;
  const purpose = { operation: "state migrate", actor: work.actor };
  const here = { state: { backend: places.from }, config, signal };
  const there = { state: { backend: places.to }, config, signal };
  let reached = false;
  return withLocks(here, accounts, purpose, async ({ held }) => {
    reached = true;
    const now = await lookAtPlaces(places, signal);
    await waitUntilGone(config, now.state.root, held, work);
    const { serial, contents } = await withLocks(there, accounts, purpose, () => move(work, now));
    return { ...migrationOf(places, first, contents), serial, stage: "done" as const };
  }).catch((error: unknown) => {
    throw error instanceof LeaseHeld && !reached ? heldAtOldPlace(error) : error;
  });
}

/** No command of the present configuration ends a lock that lies where it no longer looks. */
function heldAtOldPlace({ message, holder }: LeaseHeld): Failure {
  return new Failure("lock-held", message, {
    hint:
      `Wait until that run ends. If it has died, its lock expires at ${holder.expiresAt} by itself. ` +
      `With the configuration of before, \`lock release ${holder.id}\` ends it at once.`,
  });
}

const NOTHING: Contents = { needed: new Set(), all: new Map() };

function migrationOf(
  { from, to, keys }: Places,
  { state, stage }: ComparedPlaces,
  { all }: Contents,
): Migration {
  const { lineage, serial, encryption } = state.root;
  return {
    from: from.label,
    to: to.label,
    lineage,
    serial,
    blobs: all.size,
    bytes: [...all.values()].reduce((sum, bytes) => sum + bytes, 0),
    keyId: keys.current?.id ?? encryption?.keyId,
    encrypts: stage === "begin" && keys.current !== undefined && encryption?.keyId !== keys.current.id,
    stage,
  };
}

async function move(
  work: MigrateTask,
  { state, there, stage }: ComparedPlaces,
): Promise<{ readonly serial: number; readonly contents: Contents }> {
  const { places, scratch, signal } = work;
  const copy = new Copy(state, places.to, scratch, signal);
  if (stage === "begin") {
    const { current } = state.keys;
    // Nothing in clear, and nothing under another key, goes to the new place.
    if (current === undefined) await takeAllAccounts(state, signal);
    else await rekeyAll({ state, scratch, signal }, current.id);
    await copy.all(await findContents(state, scratch, signal));
    await close(work, state);
  }
  // Nothing changes here any more; what an account that is new has put meanwhile is copied as well.
  const contents = await findContents(state, scratch, signal);
  await copy.all(contents);
  const serial = await openThere(work, state.root, there);
  return { serial, contents };
}

/** From here on nobody can use the old place. */
async function close({ places, actor, signal }: MigrateTask, state: ComparedPlaces["state"]): Promise<void> {
  await state.update((root) => {
    root.movedTo = { place: places.to.label, at: new Date().toISOString(), actor };
  }, signal);
}

/** Writes the root document of the new place, unless somebody else has made a state there; returns its serial. */
async function openThere(
  work: MigrateTask,
  closed: StateRoot,
  there: ComparedPlaces["there"],
): Promise<number> {
  const { places, signal } = work;
  const { movedTo: _, replaces: __, ...rest } = closed;
  const root = {
    ...rest,
    serial: closed.serial + 1,
    ...(there === undefined ? {} : { replaces: there.root.serial }),
  };
  try {
    await places.to.writeRoot(serialiseRoot(root), there?.version, signal);
  } catch (error) {
    if (!(error instanceof Failure) || !["conflict", "unknown-outcome"].includes(error.kind)) throw error;
    // The answer was lost, or another run of this was faster.
    if ((await lookAtPlaces(places, signal)).stage !== "done") throw error;
  }
  return root.serial;
}
