import { commandLine } from "../model/words/command-line.js";
import type { Lock } from "../model/run/lock.js";
import type { OpenTrialReport } from "../model/connections/open-trial.js";
import type { StateRoot } from "../state/root/root.js";

/** What `connections verify` locks accounts for. */
export const VERIFY = "connections verify";

/** Every trial whose traces have not been taken away, and what is to be done about it. Pure. */
export function listOpenTrials(root: StateRoot, locks: readonly Lock[]): OpenTrialReport[] {
  return Object.entries(root.accounts).flatMap(([account, { trial }]) => {
    if (trial === undefined) return [];
    const { connection, startedAt, actor } = trial;
    const isRunning = locks.some(
      (lock) => lock.state === "live" && lock.subject.account === account && lock.operation === VERIFY,
    );
    const stage = isRunning ? "running" : trial.waiting === true ? "waiting" : "cut off";
    return [{ account, connection, startedAt, actor, stage, hint: hintAt(stage, connection) }];
  });
}

function hintAt(stage: OpenTrialReport["stage"], connection: string | undefined): string | undefined {
  const command = (option: string): string =>
    connection === undefined
      ? `\`connections verify\` with ${option}`
      : `\`${commandLine(["connections", "verify", connection, option])}\``;
  switch (stage) {
    case "running":
      return undefined;
    case "waiting":
      return `Once the second address has unsubscribed, ${command("--unsubscribed")} goes on; ${command("--clean-up")} ends it without that.`;
    case "cut off":
      return `${command("--clean-up")} takes away what it left.`;
  }
}
