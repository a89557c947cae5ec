import type { RejectedLimit } from "./send/job.js";
import type { Batch, Shipment } from "../reconcile/change-set/shipments.js";
import { commandLine } from "../model/words/command-line.js";
import { withOverrides, narrowedToExport, type Narrowing } from "../model/plan/narrowing.js";
import { Failure } from "../model/failure.js";
import {
  maxRejected,
  maxRejectedCount,
  tooManyRejectedText,
} from "../plan/checks/safeguards/max-rejected.js";
import { overriddenNames } from "../plan/refusals.js";
import { applyWords } from "../report/runs/apply-words.js";
import type { PreparedExport } from "../planner/prepared.js";

/** By export: how many of the people whom it delivers may be rejected. `narrowing`: of this run. */
export function rejectedLimitsOf(
  narrowing: Narrowing | undefined,
  ready: readonly PreparedExport[],
  shipments: readonly Shipment[],
  batches: readonly Batch[],
): ReadonlyMap<string, RejectedLimit> {
  const limits = new Map<string, RejectedLimit>();
  for (const one of ready) {
    const { name } = one.wanted;
    const sent = batches.reduce((sum, { shipment, rows }) => {
      const own = shipments[shipment];
      return own?.exportName === name && own.stage === "deliver" ? sum + rows : sum;
    }, 0);
    const overridden = overriddenNames(one.plan).includes(maxRejected.name);
    const most = maxRejectedCount({ ...one.wanted, overridden }, sent);
    if (most === undefined) continue;
    const again = withOverrides(narrowedToExport(narrowing, name), [`${name}:${maxRejected.name}`]);
    const hint =
      `\`${commandLine(["rejected", name])}\` says who was rejected, and why. They wait until their data changes; what was not sent is sent by the next apply. ` +
      `If this is meant: \`${commandLine(applyWords(again))}\`.`;
    limits.set(name, {
      most,
      failure: (rejected) => new Failure("refused", tooManyRejectedText(rejected, sent, most), { hint }),
    });
  }
  return limits;
}
