import type { PolicyResult } from "../model/policy.js";

/** Whether a verdict keeps a plan from being applied. */
export function refuses({ level, status }: PolicyResult): boolean {
  return level === "mandatory" && (status === "violated" || status === "error");
}
