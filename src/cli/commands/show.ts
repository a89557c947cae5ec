import { resolve } from "node:path";
import { type Register, perform } from "../command.js";
import { EXIT } from "../exit-code.js";
import { fileForReaders, planCommands } from "../next-command.js";
import { type PlanViewOptions, checkPlanViews, planViewOptions, showPlan } from "../plan-views.js";

export const register: Register = (program, outcome) => {
  const command = program
    .command("show")
    .description("show a saved plan")
    .argument("<plan>", "file of `plan --out`");
  planViewOptions(command).action(async (file: string, options: PlanViewOptions) => {
    await perform(command, outcome, async (session) => {
      checkPlanViews(session, options);
      const { readPlanFile } = await import("../../approvals/saved-plan/plan-file.js");
      const saved = await readPlanFile(resolve(session.options.cwd, file));
      const { plan } = saved;
      const out = fileForReaders(file, session.options.cwd);
      await showPlan(session, plan, options, planCommands(plan, session.choice, out));
      const { planFileDigest } = await import("../../plan/plan-digest.js");
      // By this an approval is known to be of this plan.
      session.event({ type: "result", command: "show", data: { digest: planFileDigest(saved) } });
      return EXIT.done;
    });
  });
};
