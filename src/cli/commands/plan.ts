import { Failure } from "../../model/failure.js";
import { applyLabel } from "../../report/plan/refused.js";
import { findIdentity } from "../actor.js";
import { type Register, performAction } from "../command.js";
import { showDiagnostics } from "../output/diagnostics.js";
import { baseOtherThanHead, addUntrustedOptions, baseWishOf } from "../options/untrusted.js";
import { exitCodeOfPlan } from "../process/exit-code.js";
import { addJsonIntoOption } from "../options/json-file.js";
import { mustStandAlone, REMOVALS_ONLY } from "../options/removals-only.js";
import { RETRY_REJECTED } from "../options/retry-rejected.js";
import { applyCommand, fileForReaders, planCommands } from "../output/next-command.js";
import { collectOption, OVERRIDE } from "../options/override.js";
import { findDueTargets } from "../output/schedule.js";
import { type PlanViewOptions, checkPlanViews, addPlanViewOptions, showPlan } from "../output/plan-views.js";
import { mustBeWritable, writeJson } from "../output/documents.js";
import type { Output } from "../output/output.js";

interface PlanOptions extends PlanViewOptions {
  readonly target?: string[];
  readonly detailedExitcode?: boolean;
  readonly failOnUnsafe?: boolean;
  readonly reveal?: boolean;
  readonly untrusted?: boolean;
  readonly base?: string;
  readonly override?: string[];
  readonly removalsOnly?: boolean;
  readonly retryRejected?: boolean;
  readonly due?: boolean;
  readonly out?: string;
}

export const register: Register = (program, outcome) => {
  const command = program
    .command("plan")
    .description("show who would be added, changed, removed or held back, and why; changes nothing")
    .option("--target <names...>", "only these exports")
    .option("--due", "show when each export is due by its schedule, and plan those that are due now")
    .option("--removals-only", REMOVALS_ONLY)
    .option("--retry-rejected", RETRY_REJECTED)
    .option("--detailed-exitcode", "exit with 2 when there are changes")
    .option("--fail-on-unsafe", "exit with 5 when a safeguard or consent would make apply refuse")
    .option("--override <check>", OVERRIDE, collectOption)
    .option("--reveal", "show whole addresses in samples, also of who is only counted otherwise")
    .option(
      "--out <file>",
      "save the plan: a small file without an address, for `show`, `approve` and `apply`",
    );
  addUntrustedOptions(command, "with --out: authors of commits since then may not approve");
  addJsonIntoOption(addPlanViewOptions(command)).action(async (options: PlanOptions) => {
    await performAction(command, outcome, async (output, { signal }) => {
      checkPlanViews(output, options);
      if (options.out !== undefined) await mustBeSavable(output, options.out, options);
      mustStandAlone(options);
      // Without --untrusted, --base says where those commits begin whose authors may not approve a saved plan.
      const untrusted =
        options.untrusted !== true && options.out !== undefined ? undefined : baseWishOf(options);
      const { plan } = await import("../../usecases/plan.js");
      const due = options.due === true ? await findDueTargets(output, options, signal) : undefined;
      if (due?.code !== undefined) return due.code;
      const result = await plan({
        ...output.choice,
        targets: due?.targets ?? options.target,
        overrides: options.override,
        removalsOnly: options.removalsOnly,
        retryRejected: options.retryRejected,
        reveal: options.reveal === true,
        untrusted,
        identity: findIdentity(process.env),
        save: options.out === undefined ? undefined : { base: baseOtherThanHead(options.base) },
        emit: output.emit,
        signal,
      });
      showDiagnostics(output, result.diagnostics);
      const next = result.plan && applyCommand(result.plan, output.choice, options.out);
      const out = options.out && fileForReaders(options.out, output.options.cwd);
      const commands = result.plan && planCommands(result.plan, output.choice, out);
      const label = result.plan && applyLabel(result.plan, commands?.approve !== undefined);
      if (result.plan !== undefined && commands !== undefined) {
        await showPlan(output, result.plan, options, commands);
      }
      if (options.out !== undefined && result.file !== undefined) {
        await writeJson(output, { path: options.out, option: "--out" }, result.file);
        output.note(
          `Saved as ${options.out}.${next === undefined || label === undefined ? "" : ` ${label} ${next}`}`,
        );
      }
      return exitCodeOfPlan(result.plan, result.diagnostics, {
        detailedExitcode: options.detailedExitcode === true,
        failOnUnsafe: options.failOnUnsafe === true,
      });
    });
  });
};

async function mustBeSavable(output: Output, out: string, { reveal }: PlanOptions): Promise<void> {
  if (reveal === true)
    throw new Failure("invalid", "--out and --reveal do not go together: a plan file holds no address.");
  await mustBeWritable(output, { path: out, option: "--out" });
}
