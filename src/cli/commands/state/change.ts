import type { Command } from "commander";
import type { RecordChange } from "../../../model/reports/state-report.js";
import type { ResultCommand } from "../../../report/machine-readable/result-commands.js";
import { removalHuman, renameHuman } from "../../../report/state/record-change-human.js";
import type { ChangeRecordOptions, RecordChanged } from "../../../usecases/state/record/change-record.js";
import { describeActor } from "../../actor.js";
import { type Outcome, performAction } from "../../command.js";
import { showDiagnostics } from "../../output/diagnostics.js";
import { EXIT, exitCodeOfDiagnostics } from "../../process/exit-code.js";
import { confirm, mustHaveTerminal } from "../../prompt.js";

export interface ConfirmOptions {
  readonly autoApprove?: boolean;
  readonly dryRun?: boolean;
}

export function registerMv(state: Command, outcome: Outcome): void {
  addConfirmOptions(
    state
      .command("mv")
      .description("give the record of an export another name; `moved:` in the config is the reviewed way")
      .argument("<old>", "as the state knows it")
      .argument("<new>", "as the config names it from now on"),
  ).action(async (from: string, to: string, words: ConfirmOptions, command) => {
    const { mvState } = await import("../../../usecases/state/mv.js");
    await change(command, outcome, words, {
      command: "state mv",
      text: (about) => renameHuman(about, to),
      data: { to },
      done: "Its name was changed. Look at `rollcall plan`: the config has to use the new one.",
      carryOut: (options) => mvState({ ...options, from, to }),
    });
  });
}

export function registerRm(state: Command, outcome: Outcome): void {
  addConfirmOptions(
    state
      .command("rm")
      .description("forget the record of an export; its people stay on the list")
      .argument("<export>", "as the state knows it"),
  ).action(async (name: string, words: ConfirmOptions, command) => {
    const { rmState } = await import("../../../usecases/state/rm.js");
    await change(command, outcome, words, {
      command: "state rm",
      text: removalHuman,
      data: {},
      done: "The record is gone. Look at `rollcall plan`.",
      carryOut: (options) => rmState({ ...options, export: name }),
    });
  });
}

export function addConfirmOptions(command: Command): Command {
  return command.option("--dry-run", "only say what would be done").option("--auto-approve", "do not ask");
}

interface ChangeView {
  readonly command: ResultCommand;
  readonly text: (change: RecordChange) => string;
  /** What the result says besides the change. */
  readonly data: object;
  readonly done: string;
  readonly carryOut: (options: ChangeRecordOptions) => Promise<RecordChanged>;
}

async function change(
  command: Command,
  outcome: Outcome,
  words: ConfirmOptions,
  spoken: ChangeView,
): Promise<void> {
  await performAction(command, outcome, async (output, { signal, stop }) => {
    const { autoApprove = false, dryRun = false } = words;
    mustBeAbleToAsk(words);
    const { changed, serial, diagnostics } = await spoken.carryOut({
      ...output.choice,
      actor: describeActor(process.env),
      dryRun,
      emit: output.emit,
      signal,
      approve: async (about) => {
        output.say(spoken.text(about));
        return autoApprove || confirm("Do it? Only `yes` is accepted: ", stop);
      },
    });
    showDiagnostics(output, diagnostics);
    const code = exitCodeOfDiagnostics(diagnostics);
    if (code !== EXIT.done) return code;
    if (changed === undefined) {
      output.note("Not approved; nothing was changed.");
      return EXIT.interrupted;
    }
    const data = { ...changed, ...spoken.data, serial, dryRun };
    output.event({ type: "result", command: spoken.command, data });
    output.say(dryRun ? `${spoken.text(changed)}\nNothing was changed.` : spoken.done);
    return EXIT.done;
  });
}

/** Throws when approval is needed and nobody is there to give it. */
export function mustBeAbleToAsk({ autoApprove = false, dryRun = false }: ConfirmOptions): void {
  if (!autoApprove && !dryRun)
    mustHaveTerminal("See what it would do with --dry-run. Then add --auto-approve.");
}
