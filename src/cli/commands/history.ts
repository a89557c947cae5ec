import { Failure } from "../../model/failure.js";
import { historyHuman } from "../../report/history-human.js";
import { type Register, perform } from "../command.js";
import { showDiagnostics } from "../diagnostics.js";
import { EXIT, exitCodeOfDiagnostics } from "../exit-code.js";

const LIMIT = "20";

export const register: Register = (program, outcome) => {
  program
    .command("history")
    .description("show how past runs ended, the newest first")
    .argument("[export]", "only runs of this export")
    .option("--limit <n>", "at most so many runs", LIMIT)
    .action(async (exportName: string | undefined, options: { readonly limit: string }, command) => {
      await perform(command, outcome, async (session, { signal }) => {
        const limit = limitOf(options.limit);
        const { history: read } = await import("../../usecases/history.js");
        const { history, diagnostics } = await read({ ...session.choice, exportName, limit, signal });
        showDiagnostics(session, diagnostics);
        if (history === undefined) return exitCodeOfDiagnostics(diagnostics);
        session.event({ type: "result", command: "history", data: history });
        session.say(historyHuman(history, session.paint, session.timezone));
        return EXIT.done;
      });
    });
};

function limitOf(text: string): number {
  if (/^[1-9]\d{0,5}$/.test(text)) return Number(text);
  throw new Failure("invalid", `--limit takes a whole number from 1 on, not "${text}".`);
}
