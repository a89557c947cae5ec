import { driftHuman } from "../../report/drift-human.js";
import { describeActor } from "../actor.js";
import { type Register, performAction } from "../command.js";
import { showDiagnostics } from "../output/diagnostics.js";
import { exitCodeOfDrift } from "../process/exit-code.js";
import { addJsonIntoOption } from "../options/json-file.js";
import { findRunLink } from "../run-link.js";

interface DriftOptions {
  readonly record?: boolean;
  readonly target?: string[];
  readonly detailedExitcode?: boolean;
  readonly reveal?: boolean;
  readonly notify: boolean;
}

export const register: Register = (program, outcome) => {
  const command = program
    .command("drift")
    .description(
      "read the lists and show what others changed on them since; changes nothing without --record",
    )
    .option("--record", "take it into state, so that the next plan acts on it")
    .option("--target <names...>", "only these exports")
    .option("--detailed-exitcode", "exit with 2 when there is drift")
    .option("--no-notify", "tell no notifier what is found")
    .option("--reveal", "show whole addresses in samples");
  addJsonIntoOption(command).action(async (options: DriftOptions) => {
    await performAction(command, outcome, async (output, { signal }) => {
      const { drift } = await import("../../usecases/drift.js");
      const result = await drift({
        ...output.choice,
        targets: options.target,
        record: options.record === true,
        reveal: options.reveal === true,
        emit: output.emit,
        signal,
        actor: describeActor(process.env),
        notify: options.notify,
        link: findRunLink(process.env),
      });
      showDiagnostics(output, result.diagnostics);
      if (result.drift !== undefined) {
        output.event({ type: "result", command: "drift", data: result.drift });
        output.say(driftHuman(result.drift, options.target ?? [], output.paint));
      }
      return exitCodeOfDrift(result.drift, result.diagnostics, {
        detailedExitcode: options.detailedExitcode === true,
      });
    });
  });
};
