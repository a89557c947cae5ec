import type { Check } from "../model/plan.js";

/** The command that applies in spite of these checks; undefined when one of them may not be overridden. */
export function overridingCommand(failed: readonly Check[]): string | undefined {
  const words = failed.map(({ override }) => override);
  if (words.length === 0 || words.includes(undefined)) return undefined;
  return `rollcall apply ${words.map((word) => `--override ${word}`).join(" ")}`;
}
