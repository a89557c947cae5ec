import { Failure } from "../model/failure.js";
import type { Check } from "../model/plan/plan.js";
import { OVERRIDABLE, REFUSING_CHECKS } from "./checks/registry.js";

/** A check that a person lets pass, in one export or in all of the run. */
export interface Override {
  readonly exportName: string | undefined;
  readonly check: string;
}

/**
 * Reads `NAME` or `EXPORT:NAME`. Throws `Failure("invalid")` for a check that
 * there is not or that nobody may override, and for an export that there is not.
 */
export function parseOverrides(texts: readonly string[], exports: readonly string[]): Override[] {
  return texts.map((text) => {
    const colon = text.lastIndexOf(":");
    const check = text.slice(colon + 1);
    const exportName = colon === -1 ? undefined : text.slice(0, colon);
    if (!OVERRIDABLE.includes(check)) {
      const known = REFUSING_CHECKS.some(({ name }) => name === check);
      throw new Failure(
        "invalid",
        known ? `The check "${check}" cannot be overridden.` : `There is no check "${check}".`,
        { hint: `--override takes ${OVERRIDABLE.join(", ")}, alone or as EXPORT:NAME.` },
      );
    }
    if (exportName !== undefined && !exports.includes(exportName)) {
      throw new Failure("invalid", `There is no export "${exportName}", which --override ${text} names.`, {
        hint: `The exports are ${exports.join(", ")}.`,
      });
    }
    return { exportName, check };
  });
}

/** Whether a person lets an export pass a check. */
export function isOverridden(check: string, exportName: string, overrides: readonly Override[]): boolean {
  return overrides.some((one) => one.check === check && (one.exportName ?? exportName) === exportName);
}

/** Marks what is overridden, and says of the rest which word would override it. */
export function withOverrides(
  exportName: string,
  checks: readonly Check[],
  overrides: readonly Override[],
): Check[] {
  return checks.map((check) => {
    if (check.status !== "failed" || !OVERRIDABLE.includes(check.name)) return check;
    const overridden = isOverridden(check.name, exportName, overrides);
    return {
      ...check,
      ...(overridden ? { status: "overridden" } : {}),
      override: `${exportName}:${check.name}`,
    };
  });
}
