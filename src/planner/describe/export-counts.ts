import { type Action } from "../../reconcile/action.js";
import { deliverableSql } from "../../reconcile/desired/desired.js";
import { strangersSql } from "../../reconcile/strangers.js";
import { countRowsOf, countWithdrawn } from "../../reconcile/change-set/change-set.js";
import { countHeld, countKeptBack } from "../../reconcile/kept-back.js";
import { countLeftBefore } from "../../reconcile/recorded.js";
import { GONE, type HoldReason } from "../../model/plan/change.js";
import type { Counts } from "../../model/plan/plan.js";
import type { BuiltChangeSet, EvaluatedExport } from "../prepared.js";
import type { Run } from "../../run/run.js";

export async function countEverything(
  { engine }: Run,
  evaluated: EvaluatedExport,
  changeSet: BuiltChangeSet,
  claims: string,
): Promise<Counts> {
  const { facts, tables, observed, list, wanted, changes } = evaluated;
  const total = (action: Action): number => countRowsOf(changeSet, [action]);
  const held = await countHeld(engine, tables);
  const keptBack = await countKeptBack(engine, changes);
  const more = (reason: HoldReason): number => keptBack.get(reason) ?? 0;
  const gone = more(GONE) + total("gone");
  const reasons: [HoldReason, number][] = [
    ["invalid", facts.invalid],
    ["forgotten", held.get("forgotten") ?? 0],
    ["suppressed", held.get("suppressed") ?? 0],
    ["no consent", held.get("no consent") ?? 0],
    ["opted out", (held.get("opted out") ?? 0) + more("opted out")],
    ["rejected", more("rejected")],
    ["gone at destination", gone],
    ["address changed after opt-out", more("address changed after opt-out")],
  ];
  const heldBack = Object.fromEntries(reasons.filter(([, n]) => n > 0));
  const deliverable = await engine.count(`SELECT count(*) FROM (${deliverableSql(tables)})`);
  const leftBefore = await countLeftBefore(engine, claims, wanted.name, changes);
  const heldOfDeliverable =
    more("rejected") + more("opted out") + more("address changed after opt-out") + gone;
  const add = total("add");
  const update = total("update");
  return {
    desired: facts.desired,
    add,
    update,
    remove: total("remove"),
    unchanged: deliverable - heldOfDeliverable - add - update - (changeSet.addsLeftOut ?? 0),
    left: leftBefore + total("left"),
    found: changeSet.counts.reduce((sum, { found }) => sum + found, 0),
    strangers:
      observed?.whole !== true || list === undefined
        ? undefined
        : await countStrangers(engine, evaluated, observed.table, list.id, claims),
    adopted: total("adopt"),
    strangerRemovals: changeSet.counts
      .filter(({ action }) => action === "remove")
      .reduce((sum, { strangers }) => sum + strangers, 0),
    withdrawn: countWithdrawn(changeSet),
    drifted: changeSet.drifted,
    heldBack,
  };
}

function countStrangers(
  engine: Run["engine"],
  { tables }: EvaluatedExport,
  observed: string,
  listId: string,
  claims: string,
): Promise<number> {
  return engine.count(
    `SELECT count(*) FROM (${strangersSql({ listId, desired: tables, claims, observed })})`,
  );
}
