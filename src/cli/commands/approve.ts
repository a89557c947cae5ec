import { resolve } from "node:path";
import { Failure } from "../../model/failure.js";
import type { PlanFile } from "../../model/plan/plan-file.js";
import { expectationHuman } from "../../report/plan/expectation-human.js";
import { planHuman } from "../../report/plan/plan-human.js";
import { approvalPath } from "../approval-files.js";
import { type Register, performAction } from "../command.js";
import { showDiagnostics } from "../output/diagnostics.js";
import { EXIT } from "../process/exit-code.js";
import { mustBeWritable, writeJson } from "../output/documents.js";
import { planCommands } from "../output/next-command.js";
import { confirm, mustHaveTerminal } from "../prompt.js";
import type { Output } from "../output/output.js";

interface ApproveOptions {
  readonly expectDigest?: string;
  readonly key: string;
  readonly out?: string;
  readonly yes?: boolean;
}

export const register: Register = (program, outcome) => {
  program
    .command("approve")
    .description("sign a plan with an SSH key, so that policies which ask for it let it pass")
    .argument("[plan]", "file of `plan --out`")
    .option(
      "--expect-digest <digest>",
      "approve what `plan` printed for `apply --expect-digest` instead of a file",
    )
    .requiredOption(
      "--key <file>",
      "the SSH key to sign with; a public key whose private key an agent holds will do",
    )
    .option("--out <file>", "where the approval goes (default: beside the plan)")
    .option("--yes", "do not ask")
    .action(async (file: string | undefined, options: ApproveOptions, command) => {
      await performAction(command, outcome, async (output, { signal, stop }) => {
        const { cwd } = output.options;
        const subject = await subjectOf(output, file, options);
        if (options.out !== undefined) await mustBeWritable(output, { path: options.out, option: "--out" });
        if (options.yes !== true && !(await agreed(stop))) {
          output.note("Not approved; nothing was signed.");
          return EXIT.interrupted;
        }
        const { approve } = await import("../../usecases/approve.js");
        const { approval, signer, diagnostics } = await approve({
          ...output.choice,
          environment: output.choice.environment ?? subject.environment,
          digest: subject.digest,
          authors: subject.authors,
          key: resolve(cwd, options.key),
          signal,
        });
        showDiagnostics(output, diagnostics);
        if (approval === undefined || signer === undefined) return EXIT.invalid;
        const out = options.out ?? approvalPath(file ?? "approval", signer);
        await writeJson(output, { path: out, option: "--out" }, approval);
        output.event({
          type: "result",
          command: "approve",
          data: { signer, digest: subject.digest, file: out },
        });
        output.say(`Approved as ${signer}: ${out}`);
        return EXIT.done;
      });
    });
};

interface Subject {
  readonly digest: string;
  readonly authors: readonly string[];
  readonly environment: string | undefined;
}

/** What is to be approved; a plan is shown first. */
async function subjectOf(
  output: Output,
  file: string | undefined,
  { expectDigest }: ApproveOptions,
): Promise<Subject> {
  if ((file === undefined) === (expectDigest === undefined))
    throw new Failure("invalid", "Either a plan file or --expect-digest says what is approved.");
  const { digestOf, planFileDigest } = await import("../../plan/plan-digest.js");
  if (file === undefined || expectDigest !== undefined) {
    const { parseExpectation } = await import("../../plan/expectation.js");
    output.note(expectationHuman(parseExpectation(expectDigest ?? "")));
    return { digest: digestOf(expectDigest), authors: [], environment: undefined };
  }
  const { readPlanFile } = await import("../../approvals/saved-plan/plan-file.js");
  const saved: PlanFile = await readPlanFile(resolve(output.options.cwd, file));
  const { override } = planCommands(saved.plan, output.choice);
  output.note(planHuman(saved.plan, output.paint, { override }));
  return { digest: planFileDigest(saved), authors: saved.authors, environment: saved.plan.environment };
}

async function agreed(stop: AbortSignal): Promise<boolean> {
  mustHaveTerminal("Look at `rollcall show PLAN`, then run the same command with `--yes`.");
  return confirm("\nApprove this plan? Only `yes` is accepted: ", stop);
}
