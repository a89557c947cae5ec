import { rejectedHuman } from "../../report/runs/rejected-human.js";
import { type Register, performAction } from "../command.js";
import { showDiagnostics } from "../output/diagnostics.js";
import { EXIT, exitCodeOfDiagnostics } from "../process/exit-code.js";
import { limitOf } from "../options/limit.js";

const LIMIT = "20";

export const register: Register = (program, outcome) => {
  program
    .command("rejected")
    .description("show whom destinations rejected, and why; they wait until their data changes")
    .argument("[exports...]", "only of these")
    .option("--limit <n>", "at most so many people of each export", LIMIT)
    .option("--reveal", "show whole addresses")
    .action(
      async (targets: string[], options: { readonly limit: string; readonly reveal?: boolean }, command) => {
        await performAction(command, outcome, async (output, { signal }) => {
          const limit = limitOf(options.limit);
          const { listRejected } = await import("../../usecases/rejected.js");
          const { result, diagnostics } = await listRejected({
            ...output.choice,
            targets,
            limit,
            reveal: options.reveal,
            emit: output.emit,
            signal,
          });
          showDiagnostics(output, diagnostics);
          if (result === undefined) return exitCodeOfDiagnostics(diagnostics);
          output.event({ type: "result", command: "rejected", data: result.report });
          output.say(rejectedHuman(result.report, result.again, output));
          return EXIT.done;
        });
      },
    );
};
