import { basename, isAbsolute, relative } from "node:path";
import { type ConfigChoice, invocationOf } from "../../config/choice.js";
import { commandLine } from "../../model/words/command-line.js";
import { withOverrides } from "../../model/plan/narrowing.js";
import type { Plan } from "../../model/plan/plan.js";
import type { PolicyResult } from "../../model/config/policy.js";
import { hasChanges, isIncomplete } from "../../plan/changes.js";
import { findRefusingPolicies } from "../../plan/policies.js";
import { refusalsOf } from "../../plan/refusals.js";
import { applyWords } from "../../report/runs/apply-words.js";
import type { PlanCommands } from "../../report/plan/plan-commands.js";

/** What may be run next on such a `plan`. `out`: the file that it was saved in, which says what to do by itself. */
export function planCommands(plan: Plan, choice: ConfigChoice, out?: string): PlanCommands {
  return {
    next: applyCommand(plan, choice, out),
    approve: approveCommand(plan, choice, out),
    override: overrideCommand(plan, choice),
  };
}

/** The `apply` that carries out what such a `plan` has shown; undefined when there is nothing to apply or the plan is incomplete. */
export function applyCommand(plan: Plan, choice: ConfigChoice, out?: string): string | undefined {
  if (!hasChanges(plan) || isIncomplete(plan)) return undefined;
  return command(plan, choice, out === undefined ? applyWords(plan.narrowing) : ["apply", out]);
}

/** The `approve` of a saved plan; undefined when no policy asks for it or when an approval would not help. */
function approveCommand(plan: Plan, choice: ConfigChoice, out: string | undefined): string | undefined {
  const policies = findRefusingPolicies(plan);
  const helps = ({ error, needs }: PolicyResult): boolean => error === undefined && needs !== undefined;
  if (out === undefined || policies.length === 0 || !policies.every(helps)) return undefined;
  // The shell has to see the tilde.
  return `${command(plan, choice, ["approve", out])} --key ~/.ssh/id_ed25519`;
}

/** The `apply` in spite of every check that failed; undefined when none did or one of them may not be overridden. */
function overrideCommand(plan: Plan, choice: ConfigChoice): string | undefined {
  const { overrides } = refusalsOf(plan);
  if (overrides === undefined) return undefined;
  return command(plan, choice, applyWords(withOverrides(plan.narrowing, overrides)));
}

/**
 * The file of a plan as those know it who read a comment: they have it from the artefacts of a job,
 * and where it lay on that machine helps nobody.
 */
export function fileForReaders(file: string, cwd: string): string {
  return isAbsolute(file) && relative(cwd, file).startsWith("..") ? basename(file) : file;
}

function command({ environment }: Plan, choice: ConfigChoice, words: readonly string[]): string {
  return commandLine(words, { ...invocationOf(choice), environment });
}
