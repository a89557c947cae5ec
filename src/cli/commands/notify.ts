import { notifiersHuman } from "../../report/connections/notifiers-human.js";
import { describeActor } from "../actor.js";
import { type Register, performAction } from "../command.js";
import { showDiagnostics } from "../output/diagnostics.js";
import { EXIT, exitCodeOfDiagnostics, exitCodeOfKinds } from "../process/exit-code.js";
import { findRunLink } from "../run-link.js";

export const register: Register = (program, outcome) => {
  program
    .command("notify")
    .description("look at notifiers")
    .command("test")
    .description("send notifiers a test notice, and show what they answer")
    .argument("[names...]", "notifiers; all without")
    .action(async (names: string[], _options: unknown, command) => {
      await performAction(command, outcome, async (output, { signal }) => {
        const { testNotifiers } = await import("../../usecases/notify-test.js");
        const by = { actor: describeActor(process.env), link: findRunLink(process.env) };
        const { reports, diagnostics } = await testNotifiers({ ...output.choice, names, ...by, signal });
        showDiagnostics(output, diagnostics);
        const code = exitCodeOfDiagnostics(diagnostics);
        if (code !== EXIT.done) return code;
        output.event({ type: "result", command: "notify test", data: { notifiers: reports } });
        output.say(notifiersHuman(reports, output.paint));
        return exitCodeOfKinds(reports.flatMap(({ error }) => (error === undefined ? [] : [error.kind])));
      });
    });
};
