import { Failure } from "../../../model/failure.js";
import type { StateBackend } from "../../../plugin/state-backend.js";
import { mustBelongTo } from "../../../state/root/must-belong-to.js";
import { mustFollowRoot } from "../../../state/root/root-order.js";
import { parseRoot, type StateRoot } from "../../../state/root/root.js";
import { StateStore } from "../../../state/store.js";
import type { Places } from "./places.js";

export interface ComparedPlaces {
  /** The state at the old place, readable also when it has been closed there. */
  readonly state: StateStore;
  /** What the new place holds; undefined when it has no root document. */
  readonly there: { readonly root: StateRoot; readonly version: string } | undefined;
  /** `closed`: an earlier run closed the old place and may have come no further. `done`: it has opened the new one. */
  readonly stage: "begin" | "closed" | "done";
}

/** Looks at both places, and throws when the state of the one may not go to the other. */
export async function lookAtPlaces(
  { config, from, to, keys }: Places,
  signal: AbortSignal,
): Promise<ComparedPlaces> {
  const here = await rootIn(from, signal);
  const there = await rootIn(to, signal);
  if (here === undefined) throw nothingHere(from, there !== undefined);
  const { root, version } = here;
  if (root.encryption !== undefined) keys.find(root.encryption.keyId, `the state in ${from.label}`);
  mustBelongTo(config.environment, root, from.label);
  const state = new StateStore(from, root, version, keys, config.environment);
  const { movedTo } = root;
  const open = there !== undefined && there.root.movedTo === undefined;
  if (there !== undefined && there.root.lineage !== root.lineage) throw another(to, from, there.root, root);
  if (open && movedTo === undefined) throw twice(from, to, root, there.root);
  if (open) return { state, there, stage: "done" };
  if (movedTo !== undefined && movedTo.place !== to.label) throw wentElsewhere(from, movedTo.place);
  return { state, there, stage: movedTo === undefined ? "begin" : "closed" };
}

async function rootIn(
  backend: StateBackend,
  signal: AbortSignal,
): Promise<{ root: StateRoot; version: string } | undefined> {
  const stored = await backend.readRoot(signal);
  if (stored === undefined) return undefined;
  const root = parseRoot(stored.bytes, backend.label);
  mustFollowRoot(root, stored.before, backend.label);
  return { root, version: stored.version };
}

function nothingHere(from: StateBackend, there: boolean): Failure {
  return new Failure("not-found", `There is no state in ${from.label}.`, {
    hint: there
      ? "The place that the configuration names has one already. Check --from or --from-path."
      : "Check --from or --from-path. Where nothing was ever applied, nothing has to be moved.",
  });
}

function another(to: StateBackend, from: StateBackend, there: StateRoot, here: StateRoot): Failure {
  return new Failure("stale", `${to.label} holds another state than ${from.label}.`, {
    hint: `Lineage ${there.lineage} is not ${here.lineage}. Give this one a place of its own (another prefix, name or folder), or move the other state away; nothing was changed.`,
  });
}

function twice(from: StateBackend, to: StateBackend, here: StateRoot, there: StateRoot): Failure {
  return new Failure(
    "stale",
    `${to.label} holds a copy of this state already (serial ${there.serial}; in ${from.label} it is ${here.serial}).`,
    {
      hint: "They may have grown apart. Look at both with `rollcall state list`, empty the place that is not to be kept, then run this again.",
    },
  );
}

function wentElsewhere(from: StateBackend, place: string): Failure {
  return new Failure("conflict", `the state in ${from.label} is moving, or has moved, to ${place}`, {
    hint: "Name that place in `state:` and run this again: it finishes what is not finished. From there it can move on.",
  });
}
