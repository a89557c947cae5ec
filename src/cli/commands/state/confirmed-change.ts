import type { Command } from "commander";
import type { Diagnostic } from "../../../model/diagnostic.js";
import type { ResultCommand } from "../../../report/machine-readable/result-commands.js";
import type { RunOptions } from "../../../run/open.js";
import { describeActor } from "../../actor.js";
import { type Outcome, performAction } from "../../command.js";
import { showDiagnostics } from "../../output/diagnostics.js";
import { EXIT, exitCodeOfDiagnostics } from "../../process/exit-code.js";
import { confirm, mustHaveTerminal } from "../../prompt.js";

/** Options of every change that somebody is asked about. */
export interface ConfirmOptions {
  readonly autoApprove?: boolean;
  readonly dryRun?: boolean;
}

/** A change of the state as it is asked about, made and told. `About`: what it would do. */
export interface ConfirmedChange<About extends object> {
  readonly command: ResultCommand;
  /** Throws where the words cannot be meant. */
  readonly check?: () => void;
  readonly text: (about: About) => string;
  readonly question: string;
  /** The one answer that counts, where it is not `yes`. */
  readonly answer?: string;
  readonly told: (about: About, dryRun: boolean) => string;
  readonly carryOut: (options: ChangeOptions<About>) => Promise<ChangeResult<About>>;
}

export interface ChangeOptions<About> extends RunOptions {
  readonly actor: string;
  readonly dryRun: boolean;
  readonly approve: (about: About) => Promise<boolean>;
}

export interface ChangeResult<About> {
  /** Undefined when it was not approved or the config is invalid. */
  readonly about: About | undefined;
  /** What the result says besides. */
  readonly data?: object;
  readonly diagnostics: readonly Diagnostic[];
}

/** Adds the options of a change that somebody is asked about. */
export function addConfirmOptions(command: Command): Command {
  return command.option("--dry-run", "only say what would be done").option("--auto-approve", "do not ask");
}

/** Makes a change once somebody agreed to it, or tells what it would do. */
export async function makeConfirmedChange<About extends object>(
  command: Command,
  outcome: Outcome,
  { autoApprove = false, dryRun = false }: ConfirmOptions,
  change: ConfirmedChange<About>,
): Promise<void> {
  await performAction(command, outcome, async (output, { signal, stop }) => {
    change.check?.();
    if (!autoApprove && !dryRun)
      mustHaveTerminal("See what it would do with --dry-run. Then add --auto-approve.");
    const { about, data, diagnostics } = await change.carryOut({
      ...output.choice,
      actor: describeActor(process.env),
      dryRun,
      emit: output.emit,
      signal,
      approve: async (planned) => {
        output.say(change.text(planned));
        return autoApprove || confirm(change.question, stop, change.answer);
      },
    });
    showDiagnostics(output, diagnostics);
    const code = exitCodeOfDiagnostics(diagnostics);
    if (code !== EXIT.done) return code;
    if (about === undefined) {
      output.note("Not approved; nothing was changed.");
      return EXIT.interrupted;
    }
    output.event({ type: "result", command: change.command, data: { ...about, ...data, dryRun } });
    output.say(change.told(about, dryRun));
    return EXIT.done;
  });
}
