import type { Plan } from "../../model/plan/plan.js";
import type { ExportResult, RunResult } from "../../model/run/run.js";
import type { RecordedExport, RunRecord } from "../../model/run/run-record.js";
import { TOOL } from "../../platform/tool.js";
import type { Run } from "../../run/run.js";

/** How a run ended, next to what it had planned, for the history. */
export function describeRun(
  { config }: Run,
  ended: { readonly plan: Plan | undefined; readonly run: RunResult; readonly trigger: RunRecord["trigger"] },
): RunRecord {
  const { plan, run, trigger } = ended;
  const { id, actor, startedAt, finishedAt } = run;
  const recorded = (result: ExportResult): RecordedExport => {
    const planned = plan?.exports.find(({ name }) => name === result.name);
    const connection = planned?.connection ?? config.exports.get(result.name)?.connection;
    if (planned === undefined) return { ...result, connection, list: undefined };
    const { add, update, remove, unchanged, heldBack } = planned.counts;
    const { id: listId, name } = planned.list;
    return {
      ...result,
      connection,
      list: { id: listId, name },
      ...(planned.error === undefined ? { planned: { add, update, remove, unchanged, heldBack } } : {}),
    };
  };
  return {
    formatVersion: 1,
    id,
    operation: "apply",
    trigger,
    actor,
    tool: TOOL,
    ...(config.environment === undefined ? {} : { environment: config.environment }),
    startedAt,
    finishedAt,
    exports: run.exports.map(recorded),
  };
}
