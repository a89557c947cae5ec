import { commandLine } from "../../model/command-line.js";
import { locksHuman, releaseMeaning } from "../../report/locks-human.js";
import { wrap } from "../../report/text.js";
import { type Register, perform } from "../command.js";
import { showDiagnostics } from "../diagnostics.js";
import { EXIT, exitCodeOfDiagnostics } from "../exit-code.js";
import { confirm, mustHaveTerminal } from "../prompt.js";

export const register: Register = (program, outcome) => {
  const lock = program.command("lock").description("look at the locks of accounts, and release them");

  lock
    .command("list")
    .description("show who works on which account")
    .action(async (_options: unknown, command) => {
      await perform(command, outcome, async (session, { signal }) => {
        const { listLocks } = await import("../../usecases/locks.js");
        const { locks, diagnostics } = await listLocks({ ...session.choice, signal });
        showDiagnostics(session, diagnostics);
        const code = exitCodeOfDiagnostics(diagnostics);
        if (code !== EXIT.done) return code;
        session.event({ type: "result", command: "lock list", data: { locks } });
        session.say(locksHuman(locks, session.paint, session.timezone));
        return EXIT.done;
      });
    });

  lock
    .command("release")
    .description("take a lock from the run that holds it, which then stops")
    .argument("<id>", "id of the lock, as `lock list` shows it")
    .option("--auto-approve", "do not ask")
    .action(async (id: string, options: { readonly autoApprove?: boolean }, command) => {
      await perform(command, outcome, async (session, { signal, stop }) => {
        const { releaseLock } = await import("../../usecases/locks.js");
        const { released, diagnostics } = await releaseLock({
          ...session.choice,
          id,
          signal,
          approve: async (found) => {
            session.note(wrap("", releaseMeaning(found)).join("\n"));
            if (options.autoApprove === true) return true;
            mustHaveTerminal(unasked(id));
            return confirm("\nRelease it? Only `yes` is accepted: ", stop);
          },
        });
        showDiagnostics(session, diagnostics);
        const code = exitCodeOfDiagnostics(diagnostics);
        if (code !== EXIT.done) return code;
        if (released === undefined) {
          session.note("Not approved; nothing was changed.");
          return EXIT.interrupted;
        }
        session.event({ type: "result", command: "lock release", data: { released } });
        session.say("Released.");
        return EXIT.done;
      });
    });
};

function unasked(id: string): string {
  return `Make sure that the run is dead or may stop, then run \`${commandLine(["lock", "release", id, "--auto-approve"])}\`.`;
}
