import type { ConfigChoice } from "../config/choice.js";
import { loadConfig } from "../config/load.js";
import type { Diagnostic } from "../model/diagnostic.js";
import { Failure } from "../model/failure.js";
import { subjectInWords, type Lock } from "../model/run/lock.js";
import type { HeldLease, StateBackend } from "../plugin/state-backend.js";
import { openBackend } from "../run/backends.js";

export interface LockOptions extends ConfigChoice {
  readonly signal: AbortSignal;
}

/** The locks that were not given back, those whose holder is gone as well. Asks no destination. */
export async function listLocks(
  options: LockOptions,
): Promise<{ locks: readonly Lock[]; diagnostics: readonly Diagnostic[] }> {
  const { backend, diagnostics } = await configuredBackend(options);
  const leases = backend === undefined ? [] : await backend.leases(options.signal);
  return { locks: leases.map(lockOf), diagnostics };
}

export interface ReleaseOptions extends LockOptions {
  readonly id: string;
  /** Asked once; nothing is changed when it says no. */
  readonly approve: (lock: Lock) => Promise<boolean>;
}

/** Ends the lock with this id, whoever holds it. `released` is undefined when that was not approved. */
export async function releaseLock(
  options: ReleaseOptions,
): Promise<{ released: Lock | undefined; diagnostics: readonly Diagnostic[] }> {
  const { backend, diagnostics } = await configuredBackend(options);
  if (backend === undefined) return { released: undefined, diagnostics };
  const lease = (await backend.leases(options.signal)).find(({ id }) => id === options.id);
  if (lease === undefined) {
    throw new Failure("invalid", `There is no lock with the id "${options.id}".`, {
      hint: "`rollcall lock list` shows the locks with their ids. A lock that was given back or taken over is gone.",
    });
  }
  const lock = lockOf(lease);
  if (!(await options.approve(lock))) return { released: undefined, diagnostics };
  try {
    await backend.breakLease(lease.name, lease.id, options.signal);
  } catch (error) {
    if (!(error instanceof Failure) || error.kind !== "conflict") throw error;
    throw new Failure("conflict", `The ${subjectInWords(lock.subject)} is no longer locked by this run.`, {
      hint: "It was given back, or another run took it over. Look at `rollcall lock list`.",
      cause: error,
    });
  }
  return { released: lock, diagnostics };
}

async function configuredBackend(
  options: LockOptions,
): Promise<{ backend: StateBackend | undefined; diagnostics: readonly Diagnostic[] }> {
  const { config, diagnostics } = await loadConfig(options);
  if (config === undefined) return { backend: undefined, diagnostics };
  const context = { folder: config.folder, signal: options.signal };
  return { backend: await openBackend(config.state.store, context), diagnostics };
}

/** Without the name that only the backend uses. */
function lockOf(lease: HeldLease): Lock {
  const { name: _, ...lock } = lease;
  return lock;
}
