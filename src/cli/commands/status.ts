import { statusHuman, statusTable } from "../../report/runs/status-human.js";
import { trialsHuman } from "../../report/connections/trials-human.js";
import { type Register, performAction } from "../command.js";
import { showDiagnostics } from "../output/diagnostics.js";
import { EXIT, exitCodeOfDiagnostics } from "../process/exit-code.js";

export const register: Register = (program, outcome) => {
  program
    .command("status")
    .description("show how each export stands: its last run, when it is due next, and who is at work")
    .argument("[exports...]", "all about these; an overview of every export without")
    .action(async (targets: string[], _options: unknown, command) => {
      await performAction(command, outcome, async (output, { signal }) => {
        const { readStatus } = await import("../../usecases/status.js");
        const { exports, trials, diagnostics } = await readStatus({ ...output.choice, targets, signal });
        showDiagnostics(output, diagnostics);
        if (exports === undefined) return exitCodeOfDiagnostics(diagnostics);
        output.event({ type: "result", command: "status", data: { exports, trials } });
        const human = targets.length === 0 ? statusTable : statusHuman;
        output.say(human(exports, output) + trialsHuman(trials, output.timezone));
        return EXIT.done;
      });
    });
};
