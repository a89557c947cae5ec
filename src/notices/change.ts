import type { Condition, NoticeEvent } from "../model/run/notice.js";
import type { Notifier } from "../model/config/notifier.js";
import type { NoticeState, ToldCondition } from "../state/root/root.js";
import type { Outcome } from "./outcome.js";
import { ownValue } from "../model/own-value.js";

/** What a notifier has to be told, or would have to be if it wanted to hear of it. */
export interface Change {
  readonly outcome: Outcome;
  readonly event: NoticeEvent;
  readonly before: ToldCondition;
  readonly after: ToldCondition;
  /** False: it does not want to hear of it, and it is only remembered. */
  readonly audible: boolean;
}

const EVENT: Readonly<Record<Condition, NoticeEvent>> = {
  ok: "recovery",
  failed: "failure",
  refused: "refusal",
  drifted: "drift",
};

const NEVER: ToldCondition = { condition: "ok", what: "", count: 0 };

/** Undefined while everything is as the notifier was told last. `known` is what is remembered about the subject. */
export function changeOf(
  notifier: Notifier,
  outcome: Outcome,
  known: NoticeState | undefined,
): Change | undefined {
  const { export: name, condition, what, passing } = outcome;
  if (name !== undefined && notifier.exports?.includes(name) === false) return undefined;
  if (passing && known?.passing !== true) return undefined;
  const before = toldOf(known, notifier.name);
  if (before.condition === condition && before.what === what) return undefined;
  const event = EVENT[condition];
  const audible = [event, ...(event === "recovery" ? [EVENT[before.condition]] : [])].every((one) =>
    notifier.on.includes(one),
  );
  return { outcome, event, before, after: { condition, what, count: before.count + 1 }, audible };
}

function toldOf(known: NoticeState | undefined, notifier: string): ToldCondition {
  const told = known?.told;
  return ownValue(told, notifier) ?? NEVER;
}
