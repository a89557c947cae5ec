import type { Command } from "commander";
import type { ForgetKeyReplacement } from "../../../model/reports/forget-key.js";
import { forgetKeyHuman } from "../../../report/state/forget-key-human.js";
import type { Outcome } from "../../command.js";
import { addConfirmOptions, makeConfirmedChange, type ConfirmOptions } from "./confirmed-change.js";

export function registerReplaceForgetKey(state: Command, outcome: Outcome): void {
  addConfirmOptions(
    state
      .command("replace-forget-key")
      .description("go on with a new `forget.key` when the one of forgotten people is lost for good")
      .option("--file <path>", "addresses that are known to have been forgotten, as `forget` takes them"),
  ).action(async (words: ConfirmOptions & { readonly file?: string }, command) => {
    await makeConfirmedChange<ForgetKeyReplacement>(command, outcome, words, {
      command: "state replace-forget-key",
      text: forgetKeyHuman,
      question: "\nThe key is lost? Only `lost` is accepted: ",
      answer: "lost",
      told: (about, dryRun) =>
        dryRun
          ? `${forgetKeyHuman(about)}\n\nNothing was changed.`
          : "\nThe new key holds. Look at `rollcall plan` before you apply.",
      carryOut: async (options) => {
        const { replaceForgetKey: replace } = await import("../../../usecases/state/replace-forget-key.js");
        const { replacement, diagnostics } = await replace({ ...options, file: words.file });
        return { about: replacement, diagnostics };
      },
    });
  });
}
