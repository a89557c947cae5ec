import type { ConfigChoice } from "../../config/choice.js";
import type { Connection } from "../../model/config/connection.js";
import type { Diagnostic } from "../../model/diagnostic.js";
import type { Emit } from "../../model/run/event.js";
import { Failure } from "../../model/failure.js";
import { Locks, mustBeSettled, withAccount } from "../../run/locks.js";
import { mustBeAllowed } from "../../run/must-be-allowed.js";
import { connectAccount } from "../../planner/connect.js";
import type { Run } from "../../run/run.js";
import { withRun } from "../../run/open.js";
import { openTrial } from "../../run/trial-record.js";
import { VERIFY } from "../../records/open-trials.js";
import type { TrialWishes } from "../../verify/carry-out.js";
import { endOpenTrial, tryBeliefs, type TrialOutcome } from "../../verify/trial.js";
import { noSuchConnection } from "../../run/no-such-connection.js";

export interface VerifyOptions extends ConfigChoice, TrialWishes {
  readonly name: string;
  readonly emit: Emit;
  readonly signal: AbortSignal;
  /** The same as roles name it; undefined when nobody can tell. */
  readonly identity?: string | undefined;
}

export interface VerifyResult extends Partial<TrialOutcome> {
  readonly diagnostics: readonly Diagnostic[];
}

/**
 * Tries at a real account what is believed of its vendor without proof: on an
 * empty list, with two addresses of whoever runs it, under the account's lock,
 * recorded before anything is sent, and taken away again.
 */
export async function verify(options: VerifyOptions): Promise<VerifyResult> {
  const { result, diagnostics } = await withRun(options, async (opened) => {
    const connection = connectionNamed(opened, options);
    const locks = new Locks(opened, { operation: VERIFY, actor: options.actor });
    const { open, destination } = await connectAccount(opened, connection, locks.mayWriteUntil);
    const { trial } = destination;
    if (trial === undefined)
      throw new Failure(
        "invalid",
        `Connection "${connection.name}" (${connection.type}) has nothing to verify.`,
        {
          hint: "Only what is believed of a vendor is tried.",
        },
      );
    return withAccount(opened, open, locks, async (run, holder) => {
      mustBeSettled(run, open);
      const known = await openTrial(run, open.accountKey);
      const task = { run, options, open, destination, trial, holder, known };
      return options.stage === "try" ? tryBeliefs(task) : endOpenTrial(task);
    });
  });
  return { ...result, diagnostics };
}

function connectionNamed({ config }: Run, { name, identity }: VerifyOptions): Connection {
  const connection = config.connections.get(name);
  if (connection === undefined) throw noSuchConnection(name, config);
  mustBeAllowed(config, connection, identity);
  if (connection.dataPrivacy?.agreed !== true)
    throw new Failure(
      "refused",
      `Connection "${name}" has no agreed dataPrivacy, so it is told no address.`,
      {
        hint: "Agree to it in the config.",
      },
    );
  return connection;
}
