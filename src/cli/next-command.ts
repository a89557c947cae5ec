import { basename, isAbsolute, relative } from "node:path";
import { type ConfigChoice, invocationOf } from "../config/choice.js";
import { commandLine } from "../model/command-line.js";
import type { Plan } from "../model/plan.js";
import type { PolicyResult } from "../model/policy.js";
import { applyWords, type Narrowing } from "../report/apply-words.js";
import type { PlanCommands } from "../report/plan-commands.js";
import { refusals, refusingPolicies } from "../report/refusals.js";
import { isEmpty, totals } from "../report/summary.js";

export interface PlanWishes extends Narrowing {
  /** File that the plan was saved in: it says what to do by itself. */
  readonly out?: string | undefined;
}

/** What may be run next on such a `plan`. */
export function planCommands(plan: Plan, choice: ConfigChoice, wishes: PlanWishes): PlanCommands {
  return {
    next: applyCommand(plan, choice, wishes),
    approve: approveCommand(plan, choice, wishes.out),
    override: overrideCommand(plan, choice, wishes),
  };
}

/** The `apply` that carries out what such a `plan` has shown; undefined when there is nothing to apply or the plan is incomplete. */
export function applyCommand(plan: Plan, choice: ConfigChoice, wishes: PlanWishes): string | undefined {
  if (isEmpty(plan) || totals(plan).errors > 0) return undefined;
  const { out } = wishes;
  return command(plan, choice, out === undefined ? applyWords(wishes) : ["apply", out]);
}

/** The `approve` of a saved plan; undefined when no policy asks for it or when an approval would not help. */
function approveCommand(plan: Plan, choice: ConfigChoice, out: string | undefined): string | undefined {
  const policies = refusingPolicies(plan);
  const helps = ({ error, needs }: PolicyResult): boolean => error === undefined && needs !== undefined;
  if (out === undefined || policies.length === 0 || !policies.every(helps)) return undefined;
  // The shell has to see the tilde.
  return `${command(plan, choice, ["approve", out])} --key ~/.ssh/id_ed25519`;
}

/** The `apply` in spite of every check that failed; undefined when none did or one of them may not be overridden. */
function overrideCommand(plan: Plan, choice: ConfigChoice, wishes: PlanWishes): string | undefined {
  const { overrides } = refusals(plan);
  if (overrides === undefined) return undefined;
  const override = [...(wishes.override ?? []), ...overrides];
  return command(plan, choice, applyWords({ ...wishes, override }));
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
