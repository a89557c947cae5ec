import type { Check, Plan } from "../model/plan/plan.js";
import { digestOf } from "./plan-digest.js";

/**
 * SHA-256 of a plan's control plane: what is configured, what was applied
 * before, which accounts, lists and fields it meets, and which checks fail or
 * are overridden. People come and go without changing it. An export that could
 * not be planned counts with the kind of its failure.
 */
export function controlDigest(
  plan: Omit<Plan, "digest" | "expect">,
  before: {
    /** Undefined while no export has been applied: until the first run each plan makes one up. */
    readonly lineage: string | undefined;
    /** Digest of the definition that was last applied, by export. */
    readonly applied: ReadonlyMap<string, string>;
  },
): string {
  const control = {
    version: 1,
    lineage: before.lineage,
    environment: plan.environment,
    configDigest: plan.configDigest,
    configChanges: plan.configChanges.map(({ export: name, kind, from }) => ({ name, kind, from })),
    accounts: plan.accounts.map(({ connection, type, id, checks }) => ({
      connection,
      type,
      id,
      checks: unsafe(checks),
    })),
    exports: plan.exports.map(({ name, connection, account, list, mode, error, ...rest }) => ({
      name,
      connection,
      account,
      list,
      mode,
      applied: before.applied.get(name),
      fieldsToCreate: rest.fieldsToCreate,
      checks: unsafe(rest.checks),
      error: error?.kind,
    })),
  };
  return digestOf(control);
}

function unsafe(checks: readonly Check[]): string[] {
  return checks
    .filter(({ status }) => status === "failed" || status === "overridden")
    .map(({ name, status }) => `${name} ${status}`)
    .sort();
}
