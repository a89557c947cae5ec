import { connectionsHuman } from "../../report/connections-human.js";
import { type Register, perform } from "../command.js";
import { showDiagnostics } from "../diagnostics.js";
import { EXIT, exitCodeOfDiagnostics, exitCodeOfKinds } from "../exit-code.js";

export const register: Register = (program, outcome) => {
  program
    .command("connections")
    .description("look at connections")
    .command("test")
    .description("ask accounts who they are, what the key may do, which lists and fields there are")
    .argument("[names...]", "connections; all without")
    .action(async (names: string[], _options: unknown, command) => {
      await perform(command, outcome, async (session, { signal }) => {
        const { testConnections } = await import("../../usecases/connections-test.js");
        const { reports, diagnostics } = await testConnections({ ...session.choice, names, signal });
        showDiagnostics(session, diagnostics);
        const code = exitCodeOfDiagnostics(diagnostics);
        if (code !== EXIT.done) return code;
        session.event({ type: "result", command: "connections test", data: { connections: reports } });
        session.say(connectionsHuman(reports, session.paint));
        return exitCodeOfKinds(
          reports.flatMap((report) => {
            if (report.error !== undefined) return [report.error.kind];
            return (report.account?.missingPermissions.length ?? 0) > 0 ? ["auth"] : [];
          }),
        );
      });
    });
};
