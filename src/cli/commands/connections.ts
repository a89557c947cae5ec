import { connectionListHuman } from "../../report/connections/connection-list-human.js";
import { connectionsHuman } from "../../report/connections/connections-human.js";
import { agreementHuman } from "../../report/connections/agreement-human.js";
import { findIdentity } from "../actor.js";
import { type Register, performAction } from "../command.js";
import { registerVerify } from "./connections-verify.js";
import { showDiagnostics } from "../output/diagnostics.js";
import { EXIT, exitCodeOfDiagnostics, exitCodeOfKinds } from "../process/exit-code.js";
import { type UntrustedOptions, addUntrustedOptions, baseWishOf } from "../options/untrusted.js";

export const register: Register = (program, outcome) => {
  const connections = program.command("connections").description("look at connections");

  const list = connections
    .command("list")
    .description(
      "show the connections, who may use them, their consent, and the exports that depend on them",
    );
  addUntrustedOptions(list).action(async (options: UntrustedOptions) => {
    await performAction(list, outcome, async (output, { signal }) => {
      const { listConnections } = await import("../../usecases/connections/list.js");
      const { connections: found, diagnostics } = await listConnections({
        ...output.choice,
        identity: findIdentity(process.env),
        untrusted: baseWishOf(options),
        signal,
      });
      showDiagnostics(output, diagnostics);
      const code = exitCodeOfDiagnostics(diagnostics);
      if (code !== EXIT.done) return code;
      output.event({ type: "result", command: "connections list", data: { connections: found } });
      output.say(connectionListHuman(found, output.paint));
      return EXIT.done;
    });
  });

  const consentCommand = connections
    .command("consent")
    .description("show what is agreed to for a connection, by whom, and what was recorded of it")
    .argument("<name>", "a connection, also one that is gone from the config");
  addUntrustedOptions(consentCommand).action(async (name: string, options: UntrustedOptions) => {
    await performAction(consentCommand, outcome, async (output, { signal }) => {
      const { readAgreement } = await import("../../usecases/connections/list.js");
      const { consent, diagnostics } = await readAgreement(name, {
        ...output.choice,
        identity: findIdentity(process.env),
        untrusted: baseWishOf(options),
        signal,
      });
      showDiagnostics(output, diagnostics);
      if (consent === undefined) return exitCodeOfDiagnostics(diagnostics);
      output.event({ type: "result", command: "connections consent", data: consent });
      output.say(agreementHuman(consent, output.paint, output.timezone));
      return EXIT.done;
    });
  });

  connections
    .command("test")
    .description("ask accounts who they are, what the key may do, which lists and fields there are")
    .argument("[names...]", "connections; all without")
    .action(async (names: string[], _options: unknown, command) => {
      await performAction(command, outcome, async (output, { signal }) => {
        const { testConnections } = await import("../../usecases/connections/test.js");
        const options = { ...output.choice, names, identity: findIdentity(process.env), signal };
        const { reports, diagnostics } = await testConnections(options);
        showDiagnostics(output, diagnostics);
        const code = exitCodeOfDiagnostics(diagnostics);
        if (code !== EXIT.done) return code;
        output.event({ type: "result", command: "connections test", data: { connections: reports } });
        output.say(connectionsHuman(reports, output.paint));
        return exitCodeOfKinds(
          reports.flatMap((report) => {
            if (report.error !== undefined) return [report.error.kind];
            return (report.account?.missingPermissions.length ?? 0) > 0 ? ["auth"] : [];
          }),
        );
      });
    });

  registerVerify(connections, outcome);
};
