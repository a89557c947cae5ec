import type { Shipment, Stage } from "../../reconcile/change-set/shipments.js";
import { DELIVERED } from "../../reconcile/action.js";
import { sumRows, type ChangeCount } from "../../reconcile/change-set/change-set.js";
import type { Operation } from "../../model/plan/change.js";
import type { Export } from "../../model/config/export.js";
import type { Codec } from "../../plugin/codec.js";
import type { PreparedExport } from "../prepared.js";

/** What is known of an export that is sent. */
export interface Sendable extends Pick<PreparedExport, "changeSet"> {
  readonly wanted: Pick<Export, "name">;
  readonly codec: Pick<Codec, "route">;
}

/** Withdrawals of all exports first, then what is delivered, then leavers. */
export function shipmentsOf(exports: readonly Sendable[], listIds: ReadonlyMap<string, string>): Shipment[] {
  const stages: readonly Stage[] = ["withdraw", "deliver", "leave"];
  return stages.flatMap((stage) =>
    exports.flatMap((prepared) => stageShipments(prepared, stage, listIds.get(prepared.wanted.name) ?? "")),
  );
}

function stageShipments({ wanted, changeSet, codec }: Sendable, stage: Stage, listId: string): Shipment[] {
  const operations: readonly Operation[] = stage === "deliver" ? DELIVERED : ["remove"];
  return operations.flatMap((operation) => {
    const counts = changeSet.counts.filter((count) => count.action === operation && inStage(count, stage));
    const rows = sumRows(counts);
    if (rows === 0) return [];
    const groups = [...new Set(counts.map(({ group }) => group))];
    return groups.map((group) => ({
      exportName: wanted.name,
      operation,
      stage,
      group,
      route: codec.route(operation, rows, group),
      listId,
      changeSet: changeSet.path,
    }));
  });
}

function inStage({ action, withdrawn }: ChangeCount, stage: Stage): boolean {
  return action !== "remove" || withdrawn === (stage === "withdraw");
}
