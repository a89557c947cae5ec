import { resolve } from "node:path";
import { Option } from "commander";
import { Failure } from "../../model/failure.js";
import { commandLine } from "../../model/words/command-line.js";
import { narrowingOf } from "../../model/plan/narrowing.js";
import type { Plan } from "../../model/plan/plan.js";
import { applyWords } from "../../report/runs/apply-words.js";
import type { PlanFile } from "../../model/plan/plan-file.js";
import { runHuman, runSentence } from "../../report/runs/run-human.js";
import type { ApplyOptions as UseCaseOptions } from "../../usecases/apply.js";
import type { DueResult } from "../../usecases/apply-due.js";
import { describeActor, findIdentity } from "../actor.js";
import { findRunLink } from "../run-link.js";
import { type Register, performAction } from "../command.js";
import { showDiagnostics } from "../output/diagnostics.js";
import { EXIT, exitCodeOfPlan, exitCodeOfRun } from "../process/exit-code.js";
import { confirm, mustHaveTerminal } from "../prompt.js";
import { mustStandAlone, REMOVALS_ONLY } from "../options/removals-only.js";
import { RETRY_REJECTED } from "../options/retry-rejected.js";
import { showSchedule } from "../output/schedule.js";
import { findApprovalFiles } from "../approval-files.js";
import { addJsonIntoOption } from "../options/json-file.js";
import { planCommands } from "../output/next-command.js";
import { collectOption, OVERRIDE } from "../options/override.js";
import { type PlanViewOptions, checkPlanViews, addPlanViewOptions, showPlan } from "../output/plan-views.js";
import { withoutPlanFile } from "../options/targets.js";

interface ApplyOptions extends PlanViewOptions {
  readonly target?: string[];
  readonly autoApprove?: boolean;
  readonly notify: boolean;
  readonly override?: string[];
  readonly due?: boolean;
  readonly removalsOnly?: boolean;
  readonly retryRejected?: boolean;
  readonly untrusted?: boolean;
  readonly expectDigest?: string;
  readonly approval?: string[];
}

export const register: Register = (program, outcome) => {
  const command = program
    .command("apply")
    .description("plan, ask for approval, and make the lists so; or apply a saved plan as it is")
    .argument("[plan]", "file of `plan --out`: applied as it is, less those who opted out since")
    .option("--target <names...>", "only these exports: an export on demand")
    .option("--due", "only what the schedules ask for now; safe to call every few minutes")
    .option("--removals-only", REMOVALS_ONLY)
    .option("--retry-rejected", RETRY_REJECTED)
    .option("--auto-approve", "do not ask")
    .option("--no-notify", "tell no notifier how it ends")
    .option("--override <check>", OVERRIDE, collectOption)
    .option("--expect-digest <digest>", "apply only what was approved: the text that `plan` prints")
    .option(
      "--approval <file>",
      "an approval of this plan, by `approve`; may be repeated, and those beside the plan file are found",
      collectOption,
    )
    .addOption(new Option("--untrusted").hideHelp());
  addJsonIntoOption(addPlanViewOptions(command)).action(
    async (word: string | undefined, given: ApplyOptions) => {
      await performAction(
        command,
        outcome,
        async (output, { signal, stop }) => {
          const { file, targets } = withoutPlanFile(output.options.cwd, {
            file: word,
            targets: given.target,
          });
          const options = { ...given, ...(targets && { target: targets }) };
          if (options.untrusted === true) throw neverUntrusted();
          mustStandAlone(options);
          checkPlanViews(output, options);
          const approved =
            file !== undefined || options.expectDigest !== undefined || options.autoApprove === true;
          if (!approved) mustHaveTerminal(unasked(options));
          if (file !== undefined) mustHaveNoWishes(options);
          const apply = await useCase(options.due === true);
          const saved = file === undefined ? undefined : await readSaved(resolve(output.options.cwd, file));
          const show = (plan: Plan): Promise<void> =>
            showPlan(output, plan, options, {
              override: planCommands(plan, output.choice).override,
            });
          let declined = false;
          let shown = false;
          const result = await apply({
            ...output.choice,
            targets: options.target,
            overrides: options.override,
            saved,
            expect: options.expectDigest,
            approvalFiles: await findApprovalFiles(output.options.cwd, file, options.approval),
            removalsOnly: options.removalsOnly,
            retryRejected: options.retryRejected,
            emit: output.emit,
            signal,
            stop,
            actor: describeActor(process.env),
            identity: findIdentity(process.env),
            notify: options.notify,
            link: findRunLink(process.env),
            asks: !approved,
            approve: async (plan) => {
              await show(plan);
              shown = true;
              if (approved) return true;
              const question = "\nApply these changes? Only `yes` is accepted: ";
              declined = !(await confirm(question, stop));
              return !declined;
            },
          });
          showDiagnostics(output, result.diagnostics);
          if (result.schedule !== undefined && result.plan === undefined) {
            showSchedule(output, "apply --due", result.schedule);
            return EXIT.done;
          }
          if (!shown && result.plan !== undefined) await show(result.plan);
          if (declined) {
            output.note("Not approved; nothing was changed.");
            return EXIT.interrupted;
          }
          if (result.run === undefined) {
            return exitCodeOfPlan(result.plan, result.diagnostics, {
              detailedExitcode: false,
              failOnUnsafe: true,
            });
          }
          output.event({ type: "run", run: result.run });
          output.event({ type: "run-summary", message: runSentence(result.run) });
          output.say(`\n${runHuman(result.run, output.paint)}`);
          return exitCodeOfRun(result.run);
        },
        { whenStopped: "Finishing the batch in flight. Press Ctrl-C again to stop at once." },
      );
    },
  );
};

/** Loaded only now, so that help stays fast. */
async function useCase(due: boolean): Promise<(options: UseCaseOptions) => Promise<DueResult>> {
  return due
    ? (await import("../../usecases/apply-due.js")).applyDue
    : (await import("../../usecases/apply.js")).apply;
}

async function readSaved(path: string): Promise<PlanFile> {
  const { readPlanFile } = await import("../../approvals/saved-plan/plan-file.js");
  return readPlanFile(path);
}

/** The same run, looked at first and then carried out without being asked about. */
function unasked({ target, override, due, ...wishes }: ApplyOptions): string {
  const narrowing = narrowingOf({ ...wishes, targets: target, overrides: override });
  const words = [...applyWords(narrowing).slice(1), ...(due === true ? ["--due"] : [])];
  const [look, go] = [
    ["plan", ...words],
    ["apply", ...words, "--auto-approve"],
  ].map((one) => commandLine(one));
  return `Look at \`${look}\`, then run \`${go}\`.`;
}

function neverUntrusted(): Failure {
  return new Failure(
    "invalid",
    "apply has no --untrusted: it would send people where nobody has reviewed it.",
    {
      hint: "Plan the change with `rollcall plan --untrusted`, merge it, and apply from the base branch.",
    },
  );
}

/** What to do is in the file. */
function mustHaveNoWishes(options: ApplyOptions): void {
  const { target, due, override, removalsOnly, retryRejected, expectDigest } = options;
  const given = [
    ...(due === undefined ? [] : ["--due"]),
    ...(target === undefined ? [] : ["--target"]),
    ...(override === undefined ? [] : ["--override"]),
    ...(removalsOnly === undefined ? [] : ["--removals-only"]),
    ...(retryRejected === undefined ? [] : ["--retry-rejected"]),
    ...(expectDigest === undefined ? [] : ["--expect-digest"]),
  ];
  if (given.length === 0) return;
  throw new Failure(
    "invalid",
    `${given.join(" and ")} cannot be given with a plan file, which says what to do.`,
    {
      hint: "Give it to `rollcall plan --out FILE`.",
    },
  );
}
