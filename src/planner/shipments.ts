import type { Shipment, Stage } from "../reconcile/changes/change-set.js";
import type { ActionCount } from "../reconcile/changes/measure.js";
import type { Operation } from "../model/change.js";
import type { PreparedExport } from "./prepared.js";

/** Withdrawals of all exports first, then what is delivered, then leavers. */
export function shipmentsOf(
  exports: readonly PreparedExport[],
  listIds: ReadonlyMap<string, string>,
): Shipment[] {
  const stages: readonly Stage[] = ["withdraw", "deliver", "leave"];
  return stages.flatMap((stage) =>
    exports.flatMap((prepared) => stageShipments(prepared, stage, listIds.get(prepared.wanted.name) ?? "")),
  );
}

function stageShipments(prepared: PreparedExport, stage: Stage, listId: string): Shipment[] {
  const operations: readonly Operation[] = stage === "deliver" ? ["add", "update"] : ["remove"];
  return operations.flatMap((operation) => {
    const counts = prepared.actions.filter((count) => count.action === operation && inStage(count, stage));
    const rows = counts.reduce((sum, count) => sum + count.rows, 0);
    if (rows === 0) return [];
    const groups = [...new Set(counts.map(({ group }) => group))];
    return groups.map((group) => ({
      exportName: prepared.wanted.name,
      operation,
      stage,
      group,
      route: prepared.codec.route(operation, rows, group),
      listId,
      changeSet: prepared.payloads,
    }));
  });
}

function inStage({ action, withdrawn }: ActionCount, stage: Stage): boolean {
  return action !== "remove" || withdrawn === (stage === "withdraw");
}
