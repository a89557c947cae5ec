import type { Config } from "../../model/config/config.js";
import { isLoopback } from "../../platform/http/tls-rule.js";
import type { Problem } from "../diagnostics/problem.js";

/** Notices leave encrypted, and no secret is in an address. */
export function checkNotifiers(config: Config): Problem[] {
  return [...config.notifiers.values()].flatMap(({ name, kind, options }): Problem[] => {
    const fault = kind.optionFault(options, isLoopback);
    if (fault === undefined) return [];
    const { key, ...said } = fault;
    return [{ severity: "error", code: "wrong-notifier", ...said, at: ["notifiers", name, key] }];
  });
}
