import type { Command } from "commander";
import { Failure } from "../../../model/failure.js";
import { stateListHuman } from "../../../report/state/state-list-human.js";
import { stateShowHuman } from "../../../report/state/state-show-human.js";
import { type Outcome, performAction } from "../../command.js";
import { showDiagnostics } from "../../output/diagnostics.js";
import { jsonText } from "../../output/documents.js";
import { EXIT, exitCodeOfDiagnostics } from "../../process/exit-code.js";

export function registerList(state: Command, outcome: Outcome): void {
  state
    .command("list")
    .description("list the exports and accounts that the state knows, with counts")
    .action(async (_options: unknown, command) => {
      await performAction(command, outcome, async (output, { signal }) => {
        const { listState } = await import("../../../usecases/state/list.js");
        const { result, diagnostics } = await listState({ ...output.choice, emit: output.emit, signal });
        showDiagnostics(output, diagnostics);
        if (result === undefined) return exitCodeOfDiagnostics(diagnostics);
        output.event({ type: "result", command: "state list", data: result });
        output.say(stateListHuman(result, output));
        return EXIT.done;
      });
    });
}

export function registerShow(state: Command, outcome: Outcome): void {
  state
    .command("show")
    .description("show what is recorded of an export or an account, without any address")
    .argument("[name]", "an export, or an account such as brevo:1234")
    .option("--root", "the root document")
    .action(async (name: string | undefined, { root = false }: { root?: boolean }, command) => {
      await performAction(command, outcome, async (output, { signal }) => {
        if (root === (name !== undefined)) throw whichOne();
        const { showState } = await import("../../../usecases/state/show.js");
        const options = { ...output.choice, subject: name, emit: output.emit, signal };
        const { result, diagnostics } = await showState(options);
        showDiagnostics(output, diagnostics);
        if (result === undefined) return exitCodeOfDiagnostics(diagnostics);
        output.event({ type: "result", command: "state show", data: result });
        output.say(
          result.kind === "root"
            ? jsonText(result.root)
            : stateShowHuman(result, output.paint, output.timezone),
        );
        return EXIT.done;
      });
    });
}

function whichOne(): Failure {
  return new Failure("invalid", "Name an export or an account, or give --root.", {
    hint: "`rollcall state list` shows their names.",
  });
}
