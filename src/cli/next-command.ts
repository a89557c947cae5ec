import { basename, isAbsolute, relative } from "node:path";
import type { Plan } from "../model/plan.js";
import type { PolicyResult } from "../model/policy.js";
import { refusingPolicies } from "../report/refusals.js";
import { shellWord } from "../report/shell-word.js";
import { isEmpty, totals } from "../report/summary.js";
import type { GlobalOptions } from "./session.js";

export interface Narrowing {
  readonly target?: readonly string[];
  readonly override?: readonly string[];
  /** File that the plan was saved in: it says what to do by itself. */
  readonly out?: string;
  readonly removalsOnly?: boolean;
}

/** The `apply` that carries out what such a `plan` has shown; undefined when there is nothing to apply or the plan is incomplete. */
export function applyCommand(
  plan: Plan,
  options: GlobalOptions,
  { target = [], override = [], removalsOnly = false, out }: Narrowing,
): string | undefined {
  if (isEmpty(plan) || totals(plan).errors > 0) return undefined;
  return command(plan, options, [
    "apply",
    ...(out === undefined ? narrowed({ target, override, removalsOnly }) : [out]),
  ]);
}

/** The `approve` of a saved plan; undefined when no policy asks for it or when an approval would not help. */
export function approveCommand(
  plan: Plan,
  options: GlobalOptions,
  out: string | undefined,
): string | undefined {
  const policies = refusingPolicies(plan);
  const helps = ({ error, needs }: PolicyResult): boolean => error === undefined && needs !== undefined;
  if (out === undefined || policies.length === 0 || !policies.every(helps)) return undefined;
  // The shell has to see the tilde.
  return `${command(plan, options, ["approve", out])} --key ~/.ssh/id_ed25519`;
}

/**
 * The file of a plan as those know it who read a comment: they have it from the artefacts of a job,
 * and where it lay on that machine helps nobody.
 */
export function fileForReaders(file: string, cwd: string): string {
  return isAbsolute(file) && relative(cwd, file).startsWith("..") ? basename(file) : file;
}

function command(plan: Plan, { cwd, configPath }: GlobalOptions, words: readonly string[]): string {
  const folder = relative(process.cwd(), cwd);
  return [
    "rollcall",
    ...(folder === "" ? [] : ["-C", folder]),
    ...(configPath === undefined ? [] : ["--config", configPath]),
    ...(plan.environment === undefined ? [] : ["--env", plan.environment]),
    ...words,
  ]
    .map(shellWord)
    .join(" ");
}

function narrowed({ target = [], override = [], removalsOnly = false }: Narrowing): string[] {
  return [
    ...(target.length === 0 ? [] : ["--target", ...target]),
    ...(removalsOnly ? ["--removals-only"] : []),
    ...override.flatMap((check) => ["--override", check]),
  ];
}
