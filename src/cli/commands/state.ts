import type { Command } from "commander";
import type { Diagnostic } from "../../model/diagnostic.js";
import { collectedHuman, pulledHuman, pushedHuman, rekeyedHuman } from "../../report/state/state-human.js";
import type { ResultCommand } from "../../report/machine-readable/result-commands.js";
import { describeActor } from "../actor.js";
import { type Outcome, type Register, performAction } from "../command.js";
import { showDiagnostics } from "../output/diagnostics.js";
import { EXIT, type ExitCode, exitCodeOfDiagnostics } from "../process/exit-code.js";
import type { Output } from "../output/output.js";
import { registerAbandon } from "./state/abandon.js";
import { registerMv, registerRm } from "./state/change.js";
import { registerMigrate } from "./state/migrate.js";
import { registerList, registerShow } from "./state/record.js";
import { registerReplaceForgetKey } from "./state/replace-forget-key.js";

export const register: Register = (program, outcome) => {
  const state = program
    .command("state")
    .description("look after the state: what it holds, keys, clean-up, backups");
  registerList(state, outcome);
  registerShow(state, outcome);
  registerMv(state, outcome);
  registerRm(state, outcome);
  registerMigrate(state, outcome);
  registerNewKey(state, outcome);
  registerRekey(state, outcome);
  registerReplaceForgetKey(state, outcome);
  registerGc(state, outcome);
  registerPull(state, outcome);
  registerPush(state, outcome);
  registerAbandon(state, outcome);
};

function registerNewKey(state: Command, outcome: Outcome): void {
  state
    .command("new-key")
    .description("print a new key for `state.encryption.key`")
    .action(async (_options: unknown, command) => {
      await performAction(command, outcome, async (output) => {
        const { makeStateKey } = await import("../../usecases/state/new-key.js");
        const made = makeStateKey();
        output.event({ type: "result", command: "state new-key", data: made });
        if (!output.options.json) output.say(made.key);
        output.note(
          `Its id is ${made.keyId}. Keep it with your other secrets: without it the state cannot be read.`,
        );
        return EXIT.done;
      });
    });
}

function registerRekey(state: Command, outcome: Outcome): void {
  state
    .command("rekey")
    .description("encrypt everything in state with the current key; afterwards previousKeys can go")
    .action(async (_options: unknown, command) => {
      await performAction(command, outcome, async (output, { signal }) => {
        const { rekeyState } = await import("../../usecases/state/rekey.js");
        const { result, diagnostics } = await rekeyState(common(output, signal));
        return shown(output, "state rekey", result, diagnostics, rekeyedHuman);
      });
    });
}

function registerGc(state: Command, outcome: Outcome): void {
  state
    .command("gc")
    .description(
      "delete blobs, journals and change sets that nothing needs and `state.retention` does not keep",
    )
    .option("--dry-run", "only say what would be deleted")
    .action(async ({ dryRun = false }: { dryRun?: boolean }, command) => {
      await performAction(command, outcome, async (output, { signal }) => {
        const { gcState } = await import("../../usecases/state/gc.js");
        const { result, diagnostics } = await gcState({ ...common(output, signal), dryRun });
        return shown(output, "state gc", result, diagnostics, (data) => collectedHuman(data, dryRun));
      });
    });
}

function registerPull(state: Command, outcome: Outcome): void {
  state
    .command("pull")
    .description("copy the state to a new folder, as it is stored: a backup")
    .argument("<folder>", "a folder that is not there yet")
    .action(async (folder: string, _options: unknown, command) => {
      await performAction(command, outcome, async (output, { signal }) => {
        const { pullState } = await import("../../usecases/state/pull.js");
        const { result, diagnostics } = await pullState({ ...common(output, signal), folder });
        return shown(output, "state pull", result, diagnostics, pulledHuman);
      });
    });
}

function registerPush(state: Command, outcome: Outcome): void {
  state
    .command("push")
    .description("bring back what a failed apply could not store, or a backup; never over a newer state")
    .argument("<folder>", "what `state pull` or a failed apply has written")
    .option("--dry-run", "only check and say what would be done")
    .action(async (folder: string, { dryRun = false }: { dryRun?: boolean }, command) => {
      await performAction(command, outcome, async (output, { signal }) => {
        const { pushState } = await import("../../usecases/state/push.js");
        const { result, diagnostics } = await pushState({ ...common(output, signal), folder, dryRun });
        return shown(output, "state push", result, diagnostics, (data) => pushedHuman(data, dryRun));
      });
    });
}

function common({ choice }: Output, signal: AbortSignal) {
  return { ...choice, actor: describeActor(process.env), signal };
}

function shown<Result>(
  output: Output,
  command: ResultCommand,
  result: Result | undefined,
  diagnostics: readonly Diagnostic[],
  text: (result: Result) => string,
): ExitCode {
  showDiagnostics(output, diagnostics);
  if (result === undefined) return exitCodeOfDiagnostics(diagnostics);
  output.event({ type: "result", command, data: result });
  output.say(text(result));
  return EXIT.done;
}
