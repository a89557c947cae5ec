import { relative } from "node:path";
import type { Plan } from "../model/plan.js";
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
  { cwd, configPath }: GlobalOptions,
  { target = [], override = [], removalsOnly = false, out }: Narrowing,
): string | undefined {
  if (isEmpty(plan) || totals(plan).errors > 0) return undefined;
  const folder = relative(process.cwd(), cwd);
  return [
    "rollcall",
    ...(folder === "" ? [] : ["-C", folder]),
    ...(configPath === undefined ? [] : ["--config", configPath]),
    ...(plan.environment === undefined ? [] : ["--env", plan.environment]),
    "apply",
    ...(out === undefined ? narrowed({ target, override, removalsOnly }) : [out]),
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
