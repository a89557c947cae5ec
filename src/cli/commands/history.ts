import { historyHuman } from "../../report/runs/history-human.js";
import { type Register, performAction } from "../command.js";
import { showDiagnostics } from "../output/diagnostics.js";
import { EXIT, exitCodeOfDiagnostics } from "../process/exit-code.js";
import { limitOf } from "../options/limit.js";

const LIMIT = "20";

export const register: Register = (program, outcome) => {
  program
    .command("history")
    .description("show how past runs ended, the newest first")
    .argument("[export]", "only runs of this export")
    .option("--limit <n>", "at most so many runs", LIMIT)
    .action(async (exportName: string | undefined, options: { readonly limit: string }, command) => {
      await performAction(command, outcome, async (output, { signal }) => {
        const limit = limitOf(options.limit);
        const { readHistory } = await import("../../usecases/history.js");
        const { history, diagnostics } = await readHistory({ ...output.choice, exportName, limit, signal });
        showDiagnostics(output, diagnostics);
        if (history === undefined) return exitCodeOfDiagnostics(diagnostics);
        output.event({ type: "result", command: "history", data: history });
        output.say(historyHuman(history, output.paint, output.timezone));
        return EXIT.done;
      });
    });
};
