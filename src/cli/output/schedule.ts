import { Failure } from "../../model/failure.js";
import type { ScheduledExport } from "../../model/config/schedule.js";
import type { ResultCommand } from "../../report/machine-readable/result-commands.js";
import { scheduleHuman } from "../../report/runs/schedule-human.js";
import { showDiagnostics } from "./diagnostics.js";
import { EXIT, type ExitCode, exitCodeOfDiagnostics } from "../process/exit-code.js";
import type { Output } from "./output.js";

/** When each export is due: for people as a table, for programs as the result of `command`. */
export function showSchedule(
  output: Output,
  command: ResultCommand,
  schedule: readonly ScheduledExport[],
): void {
  output.event({ type: "result", command, data: { schedule } });
  output.say(scheduleHuman(schedule, output.paint, output.timezone));
}

/** Shows when each export is due; the exports that are due now, or the code to end with when there are none. */
export async function findDueTargets(
  output: Output,
  options: { readonly target?: string[]; readonly untrusted?: boolean },
  signal: AbortSignal,
): Promise<{ targets?: string[]; code?: ExitCode }> {
  if (options.untrusted === true)
    throw new Failure("invalid", "--due and --untrusted do not go together.", {
      hint: "What is due is asked of the state; plan the change itself with --untrusted alone.",
    });
  const { findDueNow, listSchedules } = await import("../../usecases/schedules.js");
  const { schedule, diagnostics } = await listSchedules({
    ...output.choice,
    targets: options.target,
    signal,
  });
  if (schedule === undefined) {
    showDiagnostics(output, diagnostics);
    return { code: exitCodeOfDiagnostics(diagnostics) };
  }
  showSchedule(output, "plan --due", schedule);
  const targets = findDueNow(schedule).map(({ name }) => name);
  return targets.length === 0 ? { code: EXIT.done } : { targets };
}
