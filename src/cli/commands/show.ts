import { resolve } from "node:path";
import { type Register, performAction } from "../command.js";
import { EXIT } from "../process/exit-code.js";
import { fileForReaders, planCommands } from "../output/next-command.js";
import { type PlanViewOptions, checkPlanViews, addPlanViewOptions, showPlan } from "../output/plan-views.js";

export const register: Register = (program, outcome) => {
  const command = program
    .command("show")
    .description("show a saved plan")
    .argument("<plan>", "file of `plan --out`");
  addPlanViewOptions(command).action(async (file: string, options: PlanViewOptions) => {
    await performAction(command, outcome, async (output) => {
      checkPlanViews(output, options);
      const { readPlanFile } = await import("../../approvals/saved-plan/plan-file.js");
      const saved = await readPlanFile(resolve(output.options.cwd, file));
      const { plan } = saved;
      const out = fileForReaders(file, output.options.cwd);
      await showPlan(output, plan, options, planCommands(plan, output.choice, out));
      const { planFileDigest } = await import("../../plan/plan-digest.js");
      // By this an approval is known to be of this plan.
      output.event({ type: "result", command: "show", data: { digest: planFileDigest(saved) } });
      return EXIT.done;
    });
  });
};
