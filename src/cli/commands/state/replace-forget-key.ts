import type { Command } from "commander";
import { forgetKeyHuman } from "../../../report/state/forget-key-human.js";
import { describeActor } from "../../actor.js";
import { type Outcome, performAction } from "../../command.js";
import { showDiagnostics } from "../../output/diagnostics.js";
import { EXIT, exitCodeOfDiagnostics } from "../../process/exit-code.js";
import { confirm } from "../../prompt.js";
import { addConfirmOptions, mustBeAbleToAsk, type ConfirmOptions } from "./change.js";

export function registerReplaceForgetKey(state: Command, outcome: Outcome): void {
  addConfirmOptions(
    state
      .command("replace-forget-key")
      .description("go on with a new `forget.key` when the one of forgotten people is lost for good")
      .option("--file <path>", "addresses that are known to have been forgotten, as `forget` takes them"),
  ).action(async (words: ConfirmOptions & { readonly file?: string }, command) => {
    await performAction(command, outcome, async (output, { signal, stop }) => {
      const { autoApprove = false, dryRun = false, file } = words;
      mustBeAbleToAsk(words);
      const { replaceForgetKey: replace } = await import("../../../usecases/state/replace-forget-key.js");
      const { replacement, diagnostics } = await replace({
        ...output.choice,
        file,
        dryRun,
        actor: describeActor(process.env),
        emit: output.emit,
        signal,
        approve: async (about) => {
          output.say(forgetKeyHuman(about));
          return autoApprove || confirm("\nThe key is lost? Only `lost` is accepted: ", stop, "lost");
        },
      });
      showDiagnostics(output, diagnostics);
      const code = exitCodeOfDiagnostics(diagnostics);
      if (code !== EXIT.done) return code;
      if (replacement === undefined) {
        output.note("Not approved; nothing was changed.");
        return EXIT.interrupted;
      }
      output.event({
        type: "result",
        command: "state replace-forget-key",
        data: { ...replacement, dryRun },
      });
      output.say(
        dryRun
          ? `${forgetKeyHuman(replacement)}\n\nNothing was changed.`
          : "\nThe new key holds. Look at `rollcall plan` before you apply.",
      );
      return EXIT.done;
    });
  });
}
