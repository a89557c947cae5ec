import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { Failure } from "../model/failure.js";
import type { TrialSubject } from "../plugin/trial.js";
import { accountState } from "../state/root/root.js";
import type { HeldAccount } from "../state/store.js";
import type { OpenConnection } from "./accounts.js";
import type { Run } from "./run.js";
import { validateTrial } from "../validators/trial.gen.js";

/** A trial that state knows of because it has not been cleaned up. */
export interface OpenTrial {
  readonly subject: TrialSubject;
  /** Its second address waits for a person to unsubscribe it. */
  readonly waiting: boolean;
}

/** The trial of an account that was cut off or waits; undefined when there is none. */
export async function openTrial(
  { state, scratch, signal }: Run,
  accountKey: string,
): Promise<OpenTrial | undefined> {
  const known = accountState(state.root, accountKey)?.trial;
  if (known === undefined) return undefined;
  const path = join(scratch, `trial-${known.blob.sha256}.json`);
  await state.fetchBlob(known.blob, path, signal);
  return { subject: parse(await readFile(path, "utf8")), waiting: known.waiting === true };
}

function parse(text: string): TrialSubject {
  const value: unknown = JSON.parse(text);
  if (validateTrial(value)) return value as TrialSubject;
  throw new Failure("invalid", "What state knows of the last trial cannot be read.", {
    hint: "Restore state from a backup, or delete by hand what has `rollcall` in its name at the account.",
  });
}

/** Written before anything is sent, so that whatever happens next can be taken away. */
export async function recordTrial(
  { state, signal }: Run,
  holder: HeldAccount,
  { accountKey, connection, spent }: OpenConnection,
  subject: TrialSubject,
  actor: string,
): Promise<void> {
  const blob = await state.putBlobBytes("trials", Buffer.from(JSON.stringify(subject)), signal);
  await holder.update((root) => {
    const entry = accountState(root, accountKey);
    if (entry === undefined) return;
    entry.trial = { blob, startedAt: subject.startedAt, actor, connection: connection.name };
    entry.spent = { ...spent };
  }, signal);
}

export async function recordWaiting(
  { signal }: Run,
  holder: HeldAccount,
  { accountKey }: OpenConnection,
): Promise<void> {
  await holder.update((root) => {
    const trial = accountState(root, accountKey)?.trial;
    if (trial !== undefined) trial.waiting = true;
  }, signal);
}

/** Once nothing of it is left at the account. Also when everything else is to stop: it is done. */
export async function endTrial(
  { state }: Run,
  holder: HeldAccount,
  { accountKey, spent }: OpenConnection,
): Promise<void> {
  const lasting = new AbortController().signal;
  const blob = accountState(state.root, accountKey)?.trial?.blob;
  await holder.update((root) => {
    const entry = accountState(root, accountKey);
    if (entry === undefined) return;
    delete entry.trial;
    entry.spent = { ...spent };
  }, lasting);
  if (blob !== undefined) await state.backend.deleteBlob(blob.name, lasting);
}
