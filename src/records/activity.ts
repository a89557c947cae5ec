import type { Config } from "../model/config/config.js";
import { isServed } from "../schedule/after-run.js";
import { exportState, type ExportActivity, type StateRoot } from "../state/root/root.js";
import { transitionOf } from "./transition.js";
import { ownValue } from "../model/own-value.js";

/** What is remembered of the runs of an export, whatever it was called; of runs that older versions recorded as well. */
export function activityOf(config: Config, root: StateRoot, name: string): ExportActivity {
  const recorded = transitionOf(config, root, undefined).renamed.get(name) ?? name;
  const { activity = {} } = root;
  const known = ownValue(activity, recorded);
  if (known !== undefined) return known;
  const lastRun = exportState(root, recorded)?.lastRun;
  if (lastRun === undefined) return {};
  const { id: runId, status, at, actor, counts } = lastRun;
  const served = isServed({ status, error: undefined });
  return { last: { runId, status, at, actor, counts }, ...(served ? { succeededAt: at } : {}) };
}
