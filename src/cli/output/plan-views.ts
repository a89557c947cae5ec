import { Failure } from "../../model/failure.js";
import type { Command } from "commander";
import type { Plan } from "../../model/plan/plan.js";
import { totalsOf } from "../../plan/totals.js";
import { completeMessages } from "../../report/machine-readable/complete-messages.js";
import type { PlanCommands } from "../../report/plan/plan-commands.js";
import { planHuman } from "../../report/plan/plan-human.js";
import { planSentence } from "../../report/plan/summary.js";
import { writeDocument } from "./documents.js";
import type { Output } from "./output.js";

/** What a plan is shown as beside text and `--json`. */
export interface PlanViewOptions {
  /** True: on stdout. */
  readonly markdown?: string | true;
  readonly html?: string;
}

/** The options of every command that shows a plan. */
export function addPlanViewOptions(command: Command): Command {
  return command
    .option(
      "--markdown [file]",
      "write the plan for a pull request's comment, on stdout (the text then goes to stderr) or into this file",
    )
    .option("--html <file>", "write the plan as one page that needs nothing else");
}

/** Refuses what `showPlan` could not do, before anything is read. */
export function checkPlanViews({ options: { json } }: Output, { markdown }: PlanViewOptions): void {
  if (json && markdown === true)
    throw new Failure("invalid", "--json and --markdown both want stdout.", {
      hint: "Name a file: --markdown FILE.",
    });
}

/** A plan in every form that was asked for. */
export async function showPlan(
  output: Output,
  shown: Plan,
  { markdown, html }: PlanViewOptions,
  commands: PlanCommands,
): Promise<void> {
  const plan = completeMessages(shown, output.invocation);
  output.event({ type: "plan", plan });
  output.event({ type: "plan-summary", message: planSentence(plan), totals: totalsOf(plan) });
  const text = planHuman(plan, output.paint, commands);
  if (markdown === true) output.note(text);
  else output.say(text);
  if (markdown !== undefined) await showMarkdown(output, plan, markdown, commands);
  if (html !== undefined) {
    const { planHtml } = await import("../../report/html/plan-html.js");
    await writeDocument(output, { path: html, option: "--html" }, planHtml(plan, commands), OWNER_ONLY);
  }
}

async function showMarkdown(
  output: Output,
  plan: Plan,
  target: string | true,
  commands: PlanCommands,
): Promise<void> {
  const [{ planMarkdown }, { findConfigPlace }] = await Promise.all([
    import("../../report/markdown/plan-markdown.js"),
    import("../../config/files/place.js"),
  ]);
  const text = planMarkdown(plan, { ...commands, config: await findConfigPlace(output.choice) });
  if (target === true) output.raw(text);
  else await writeDocument(output, { path: target, option: "--markdown" }, text);
}

/** It may show whole addresses. */
const OWNER_ONLY = { mode: 0o600 };
