import type { Command } from "commander";
import type { RecordChange } from "../../../model/reports/state-report.js";
import { removalHuman, renameHuman } from "../../../report/state/record-change-human.js";
import type { RecordChanged } from "../../../usecases/state/record/change-record.js";
import type { Outcome } from "../../command.js";
import {
  addConfirmOptions,
  makeConfirmedChange,
  type ChangeResult,
  type ConfirmOptions,
} from "./confirmed-change.js";

const QUESTION = "Do it? Only `yes` is accepted: ";

export function registerMv(state: Command, outcome: Outcome): void {
  addConfirmOptions(
    state
      .command("mv")
      .description("give the record of an export another name; `moved:` in the config is the reviewed way")
      .argument("<old>", "as the state knows it")
      .argument("<new>", "as the config names it from now on"),
  ).action(async (from: string, to: string, words: ConfirmOptions, command) => {
    const { mvState } = await import("../../../usecases/state/mv.js");
    const text = (about: RecordChange): string => renameHuman(about, to);
    await makeConfirmedChange<RecordChange>(command, outcome, words, {
      command: "state mv",
      text,
      question: QUESTION,
      told: (about, dryRun) =>
        dryRun
          ? unchanged(text(about))
          : "Its name was changed. Look at `rollcall plan`: the config has to use the new one.",
      carryOut: async (options) => resultOf(await mvState({ ...options, from, to }), { to }),
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
    await makeConfirmedChange<RecordChange>(command, outcome, words, {
      command: "state rm",
      text: removalHuman,
      question: QUESTION,
      told: (about, dryRun) =>
        dryRun ? unchanged(removalHuman(about)) : "The record is gone. Look at `rollcall plan`.",
      carryOut: async (options) => resultOf(await rmState({ ...options, export: name })),
    });
  });
}

function unchanged(text: string): string {
  return `${text}\nNothing was changed.`;
}

function resultOf(
  { changed, serial, diagnostics }: RecordChanged,
  data: object = {},
): ChangeResult<RecordChange> {
  return { about: changed, data: { ...data, serial }, diagnostics };
}
