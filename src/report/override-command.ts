import type { Check } from "../model/plan.js";
import { shellWord } from "./shell-word.js";

/** The command that applies in spite of these checks; undefined when one of them may not be overridden. */
export function overridingCommand(failed: readonly Check[]): string | undefined {
  if (failed.length === 0) return undefined;
  const words = failed.flatMap(({ override }) => (override === undefined ? [] : [shellWord(override)]));
  if (words.length < failed.length) return undefined;
  return `rollcall apply ${words.map((word) => `--override ${word}`).join(" ")}`;
}
