import type { Check } from "../model/plan.js";
import { shellWord } from "./shell-word.js";

/** The command that applies in spite of these checks; undefined when one of them may not be overridden. */
export function overridingCommand(failed: readonly Check[], environment?: string): string | undefined {
  if (failed.length === 0) return undefined;
  const words = failed.flatMap(({ override }) => (override === undefined ? [] : [shellWord(override)]));
  if (words.length < failed.length) return undefined;
  const chosen = environment === undefined ? "" : ` --env ${shellWord(environment)}`;
  return `rollcall${chosen} apply ${words.map((word) => `--override ${word}`).join(" ")}`;
}
