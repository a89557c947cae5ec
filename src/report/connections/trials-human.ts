import type { OpenTrialReport } from "../../model/connections/open-trial.js";
import { shownTime } from "../../model/words/shown-time.js";
import { toOneLine } from "../layout/printable.js";
import { wrap } from "../layout/text.js";

/** Trials that left something at an account, below what is told there; empty without any. */
export function trialsHuman(trials: readonly OpenTrialReport[], timezone: string): string {
  return trials
    .map(
      (trial) =>
        `\n${wrap(`${trial.connection ?? trial.account}: `, trialText(trial, timezone)).join("\n")}\n`,
    )
    .join("");
}

export function trialText(trial: OpenTrialReport, timezone: string): string {
  const { startedAt, actor, stage, hint = "" } = trial;
  const begun = `The trial of ${shownTime(startedAt, timezone)} by ${toOneLine(actor)}`;
  switch (stage) {
    case "running":
      return `${begun} is under way.`;
    case "waiting":
      return `${begun} waits for its second address to be unsubscribed. ${hint}`;
    case "cut off":
      return `${begun} was cut off. ${hint}`;
  }
}
