import { tmpdir } from "node:os";
import { join } from "node:path";
import { commandLine } from "../model/words/command-line.js";
import { Failure } from "../model/failure.js";
import type { HeldAccount, StateStore } from "../state/store.js";
import type { Run } from "../run/run.js";
import { makeSavedFolder, writeLabel } from "../run/saved-folder.js";

/** How such a copy's folder is called, before the time. */
export const ERRORED = "rollcall-errored-";

/** A run's own copy of what it could not store, made when the first account needs it. */
export class ErroredCopy {
  readonly #run: Run;
  readonly #runId: string;
  readonly #accounts: string[] = [];
  readonly #exports: string[] = [];
  #made: Promise<{ folder: string; state: StateStore }> | undefined;

  constructor(run: Run, runId: string) {
    this.#run = run;
    this.#runId = runId;
  }

  /**
   * Records what was done to an account in a folder beside the state, because
   * storing it failed for the reason given. Returns what `record` does, and the
   * error to show; throws when that is impossible too.
   */
  async record<T>(
    account: string,
    exports: readonly string[],
    reason: Failure,
    record: (run: Run, holder: HeldAccount) => Promise<T>,
  ): Promise<{ result: T; failure: Failure }> {
    try {
      const { folder, state } = await (this.#made ??= this.#make());
      const result = await record({ ...this.#run, state }, state.heldAccount(account));
      this.#accounts.push(account);
      this.#exports.push(...exports);
      await this.#label(folder);
      return {
        result,
        failure: notStored(reason, folder),
      };
    } catch {
      throw new Failure(reason.kind, `What was sent could not be recorded: ${reason.message}`, {
        hint:
          "A copy could not be written either, neither beside the config nor in the temporary folder. " +
          "The journal holds what was begun: fix the fault and apply again, and it is looked up.",
        cause: reason,
      });
    }
  }

  async #make(): Promise<{ folder: string; state: StateStore }> {
    const name = `${ERRORED}${new Date().toISOString().replaceAll(/[-:]|\.\d+/g, "")}`;
    for (const parent of [this.#run.config.folder, tmpdir()]) {
      const folder = join(parent, name);
      const beside = await makeSavedFolder(folder, parent).catch(() => undefined);
      if (beside === undefined) continue;
      return { folder, state: this.#run.state.diverted(beside) };
    }
    throw new TypeError("no folder can be written");
  }

  async #label(folder: string): Promise<void> {
    await writeLabel(folder, {
      formatVersion: 1,
      kind: "errored",
      savedAt: new Date().toISOString(),
      runId: this.#runId,
      accounts: this.#accounts,
      exports: this.#exports,
    });
  }
}

/** Whether the state could not be written, rather than not being ours to write any more. */
export function isStorageFault(error: unknown): error is Failure {
  return (
    error instanceof Failure &&
    !["conflict", "stale", "interrupted", "lock-held", "invalid"].includes(error.kind)
  );
}

function notStored(reason: Failure, folder: string): Failure {
  return new Failure(
    "permanent",
    `What was sent could not be recorded: ${reason.message}. A copy of it is in ${folder}.`,
    {
      hint:
        `Fix the fault, then run \`${commandLine(["state", "push", folder])}\`. ` +
        "Without that nothing is lost either: the next apply looks up everything that was under way, which takes longer.",
      cause: reason,
    },
  );
}
