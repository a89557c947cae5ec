import type { Command } from "commander";
import { commandLine } from "../../../model/words/command-line.js";
import { abandonHuman } from "../../../report/state/abandon-human.js";
import { describeActor } from "../../actor.js";
import { type Outcome, performAction } from "../../command.js";
import { showDiagnostics } from "../../output/diagnostics.js";
import { EXIT, exitCodeOfDiagnostics } from "../../process/exit-code.js";
import { confirm, mustHaveTerminal } from "../../prompt.js";

export function registerAbandon(state: Command, outcome: Outcome): void {
  state
    .command("abandon")
    .description("give up an unfinished run whose record of what it was sending is lost")
    .argument("<account>", "as the error message names it, such as brevo:1234")
    .option("--auto-approve", "do not ask")
    .action(async (account: string, options: { readonly autoApprove?: boolean }, command) => {
      await performAction(command, outcome, async (output, { signal, stop }) => {
        if (options.autoApprove !== true) mustHaveTerminal(unasked(account));
        const { abandonRun } = await import("../../../usecases/state/abandon.js");
        const { abandoned, diagnostics } = await abandonRun({
          ...output.choice,
          account,
          actor: describeActor(process.env),
          emit: output.emit,
          signal,
          approve: async (run) => {
            output.say(abandonHuman(run, output.timezone));
            return options.autoApprove === true || confirm("Give it up? Only `yes` is accepted: ", stop);
          },
        });
        showDiagnostics(output, diagnostics);
        const code = exitCodeOfDiagnostics(diagnostics);
        if (code !== EXIT.done) return code;
        if (abandoned === undefined) {
          output.note("Not approved; nothing was changed.");
          return EXIT.interrupted;
        }
        output.event({ type: "result", command: "state abandon", data: { account, run: abandoned } });
        output.say("The run was given up. Look at `rollcall plan`, then apply.");
        return EXIT.done;
      });
    });
}

function unasked(account: string): string {
  return `Read what it means first: \`${commandLine(["state", "abandon", account])}\` in a terminal. Then add --auto-approve.`;
}
