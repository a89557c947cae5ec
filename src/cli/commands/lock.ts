import { commandLine } from "../../model/words/command-line.js";
import { locksHuman, releaseMeaning } from "../../report/state/locks-human.js";
import { wrap } from "../../report/layout/text.js";
import { type Register, performAction } from "../command.js";
import { showDiagnostics } from "../output/diagnostics.js";
import { EXIT, exitCodeOfDiagnostics } from "../process/exit-code.js";
import { confirm, mustHaveTerminal } from "../prompt.js";

export const register: Register = (program, outcome) => {
  const lock = program.command("lock").description("look at the locks of accounts, and release them");

  lock
    .command("list")
    .description("show who works on which account")
    .action(async (_options: unknown, command) => {
      await performAction(command, outcome, async (output, { signal }) => {
        const { listLocks } = await import("../../usecases/locks.js");
        const { locks, diagnostics } = await listLocks({ ...output.choice, signal });
        showDiagnostics(output, diagnostics);
        const code = exitCodeOfDiagnostics(diagnostics);
        if (code !== EXIT.done) return code;
        output.event({ type: "result", command: "lock list", data: { locks } });
        output.say(locksHuman(locks, output.paint, output.timezone));
        return EXIT.done;
      });
    });

  lock
    .command("release")
    .description("take a lock from the run that holds it, which then stops")
    .argument("<id>", "id of the lock, as `lock list` shows it")
    .option("--auto-approve", "do not ask")
    .action(async (id: string, options: { readonly autoApprove?: boolean }, command) => {
      await performAction(command, outcome, async (output, { signal, stop }) => {
        const { releaseLock } = await import("../../usecases/locks.js");
        const { released, diagnostics } = await releaseLock({
          ...output.choice,
          id,
          signal,
          approve: async (found) => {
            output.note(wrap("", releaseMeaning(found)).join("\n"));
            if (options.autoApprove === true) return true;
            mustHaveTerminal(unasked(id));
            return confirm("\nRelease it? Only `yes` is accepted: ", stop);
          },
        });
        showDiagnostics(output, diagnostics);
        const code = exitCodeOfDiagnostics(diagnostics);
        if (code !== EXIT.done) return code;
        if (released === undefined) {
          output.note("Not approved; nothing was changed.");
          return EXIT.interrupted;
        }
        output.event({ type: "result", command: "lock release", data: { released } });
        output.say("Released.");
        return EXIT.done;
      });
    });
};

function unasked(id: string): string {
  return `Make sure that the run is dead or may stop, then run \`${commandLine(["lock", "release", id, "--auto-approve"])}\`.`;
}
