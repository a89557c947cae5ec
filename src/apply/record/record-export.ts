import { exportState, wasApplied, type ListIdentity, type StateRoot } from "../../state/root/root.js";
import { begunRecord } from "../../planner/transition/begun-record.js";
import type { PreparedExport } from "../../planner/prepared.js";
import { type SentResult } from "../result.js";

/** What the record of an export says of the run that sent it. */
export interface RecordedRun {
  readonly runId: string;
  readonly actor: string;
  /** Of the saved plan that is applied. */
  readonly planId: string | undefined;
  /** The rest of the definition is still to be applied. */
  readonly removalsOnly: boolean;
}

/**
 * The definition counts as applied once everything was sent. A first run that
 * was cut off or refused stays a first run, so that people found on the list are told
 * apart from those we add.
 */
export function recordExport(
  root: StateRoot,
  input: RecordedRun,
  one: PreparedExport,
  listId: string,
  result: SentResult,
  at: string,
): void {
  const { name } = one.wanted;
  const begun = exportState(root, name);
  const whole =
    !input.removalsOnly &&
    !one.leaving &&
    (result.status === "succeeded" ||
      result.status === "unchanged" ||
      (result.status === "partly" && result.error === undefined));
  const { added, updated, removed, rejected, unknown, overrides } = result;
  if (!whole && (begun === undefined || !wasApplied(begun))) {
    // Nobody is there because of it.
    if (one.applied === undefined && added + updated + removed + rejected + unknown === 0)
      delete root.exports[name];
    return;
  }
  const known = begun ?? begunRecord(one, identityOf(one, listId));
  const touched = result.status !== "unchanged" && (result.status !== "refused" || removed + unknown > 0);
  const { moving, formerIds, ...kept } = known;
  const ids = whole ? one.formerIds : (formerIds ?? []);
  root.exports[name] = {
    ...kept,
    ...(moving === true && !whole ? { moving } : {}),
    ...(ids.length > 0 ? { formerIds: [...ids] } : {}),
    generation: known.generation + (touched && wasApplied(known) ? 1 : 0),
    definition: whole ? { ...one.definition, compiled: { ...one.program } } : known.definition,
    list: whole ? identityOf(one, listId) : known.list,
    lastRun: {
      id: input.runId,
      status: result.status,
      at,
      actor: input.actor,
      counts: { added, updated, removed, rejected, unknown },
      ...(input.planId === undefined ? {} : { plan: input.planId }),
      ...(overrides.length > 0 ? { overrides: overrides.map((check) => ({ check })) } : {}),
    },
  };
}

export function identityOf({ list, open, wanted }: PreparedExport, listId: string): ListIdentity {
  const name = list?.name ?? ("name" in wanted.list ? wanted.list.name : undefined);
  return { accountId: open.accountKey, listId, ...(name === undefined ? {} : { name }) };
}
