import type { Actor } from "../model/config/access.js";
import type { Plan } from "../model/plan/plan.js";
import { countHeldBack } from "../plan/counts.js";
import { overriddenNames } from "../plan/refusals.js";
import { OBJECT_TYPES, VARIABLES } from "./input-types.js";

/** What policies are evaluated on. */
export interface PolicyFacts {
  readonly plan: Plan;
  /** Undefined where the config has none. */
  readonly environment: string | undefined;
  readonly actor: Actor;
  readonly now: Date;
}

/** A class for each object type: the evaluator tells values by it. */
export const CLASSES: ReadonlyMap<string, new () => object> = new Map(
  Object.keys(OBJECT_TYPES).map((name) => [name, class {}]),
);

/** The variables of an expression as CEL values. Only what `OBJECT_TYPES` names gets in, so that no address does. */
export function policyInput({ plan, environment, actor, now }: PolicyFacts): Record<string, unknown> {
  const values = {
    plan: planWithTotals(plan),
    environment: environment ?? "",
    actor: { identity: actor.identity ?? "", roles: actor.roles },
    now,
  };
  return fieldsOf(VARIABLES, values);
}

function planWithTotals(plan: Plan): Readonly<Record<string, unknown>> {
  const exports = plan.exports.map((item) => {
    const { add, update, remove } = item.counts;
    return {
      ...item,
      adds: add,
      updates: update,
      removes: remove,
      heldBack: countHeldBack(item.counts),
      isNew: plan.configChanges.some((change) => change.kind === "new" && change.export === item.name),
      connectionIsNew: plan.accounts.some(
        ({ type, id, isNew }) => isNew === true && `${type}:${id}` === item.account,
      ),
      planned: item.error === undefined,
      detached: item.detached !== undefined,
      overridden: overriddenNames(item),
    };
  });
  return {
    ...plan,
    exports,
    accounts: plan.accounts.map((account) => ({ ...account, isNew: account.isNew === true })),
    adds: sum(exports.map(({ adds }) => adds)),
    updates: sum(exports.map(({ updates }) => updates)),
    removes: sum(exports.map(({ removes }) => removes)),
    heldBack: sum(exports.map(({ heldBack }) => heldBack)),
  };
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((all, one) => all + one, 0);
}

function fieldsOf(
  fields: (typeof OBJECT_TYPES)[string],
  value: Readonly<Record<string, unknown>>,
): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(fields).flatMap(([name, { type }]) => {
      const known = value[name] ?? (type === "string" ? "" : undefined);
      return known === undefined ? [] : [[name, celValue(type, known)]];
    }),
  );
}

function celValue(type: string, value: unknown): unknown {
  const item = /^list<(.+)>$/.exec(type)?.[1];
  if (item !== undefined) return (value as readonly unknown[]).map((one) => celValue(item, one));
  const to = /^map<string, (.+)>$/.exec(type)?.[1];
  if (to !== undefined)
    return new Map(Object.entries(value as object).map(([key, one]) => [key, celValue(to, one)]));
  const fields = OBJECT_TYPES[type];
  const Class = CLASSES.get(type);
  if (fields !== undefined && Class !== undefined)
    return Object.assign(new Class(), fieldsOf(fields, value as Readonly<Record<string, unknown>>));
  if (type === "int") return BigInt(Math.round(value as number));
  if (type === "google.protobuf.Timestamp") return new Date(value as string | Date);
  return value;
}
