import type { Connection } from "../model/config/connection.js";
import { keptFailure } from "../platform/defects.js";
import { Failure } from "../model/failure.js";
import type { Destination } from "../plugin/destination.js";
import type { OpenConnection, OpenOptions } from "../run/accounts.js";
import { connectForRun } from "../run/connect.js";
import type { Run } from "../run/run.js";

/** One account that somebody may have to be taken off. */
export interface ForgetTarget {
  /** `<type>:<the vendor's own id>`; undefined when nobody could say. */
  readonly key: string | undefined;
  /** Its connections; none when only state knows the account. */
  readonly connections: readonly string[];
  readonly open: OpenConnection | undefined;
  readonly destination: Destination | undefined;
  /** Why it cannot be asked; with a destination: why it may be told of nobody whom it does not know from us. */
  readonly failure: Failure | undefined;
}

/** Every account of the config, whether an export uses it or not, and those that only state knows. */
export async function openTargets(
  run: Run,
  mayWriteUntil: OpenOptions["mayWriteUntil"],
): Promise<readonly ForgetTarget[]> {
  const targets = new Map<string, ForgetTarget>();
  const unknown: ForgetTarget[] = [];
  for (const connection of run.config.connections.values()) {
    const target = await openTarget(run, connection, mayWriteUntil);
    if (target.key === undefined) {
      unknown.push(target);
      continue;
    }
    const other = targets.get(target.key);
    const connections = [...(other?.connections ?? []), connection.name];
    targets.set(target.key, { ...(other === undefined ? target : better(other, target)), connections });
  }
  for (const key of Object.keys(run.state.root.accounts)) {
    if (targets.has(key)) continue;
    const failure = new Failure("not-found", `No connection of the config leads to the account ${key}.`, {
      hint: "Put its connection back and run this again, so that the account is cleared as well.",
    });
    targets.set(key, { key, connections: [], open: undefined, destination: undefined, failure });
  }
  return [...targets.values(), ...unknown];
}

async function openTarget(
  run: Run,
  connection: Connection,
  mayWriteUntil: OpenOptions["mayWriteUntil"],
): Promise<ForgetTarget> {
  const named = { connections: [connection.name] };
  const mayAsk = !connection.kind.isService || connection.dataPrivacy?.agreed === true;
  try {
    const { open, destination } = await connectForRun(run, connection, mayWriteUntil);
    return {
      ...named,
      key: open.accountKey,
      open,
      destination,
      failure: mayAsk ? undefined : notAgreed(connection),
    };
  } catch (error) {
    const trouble = keptFailure(error);
    const failure = mayAsk ? trouble : notAgreed(connection);
    return { ...named, key: undefined, open: undefined, destination: undefined, failure };
  }
}

/** Of two connections to one account, one that may be asked about everybody. */
function better(one: ForgetTarget, other: ForgetTarget): ForgetTarget {
  return one.failure === undefined || (one.destination !== undefined && other.failure !== undefined)
    ? one
    : other;
}

/** Looking somebody up tells the vendor the address. */
function notAgreed({ name }: Connection): Failure {
  return new Failure(
    "refused",
    `Connection "${name}" has no agreed dataPrivacy, so it is told no new address.`,
    {
      hint: "Agree to it in the config, or look there yourself.",
    },
  );
}
