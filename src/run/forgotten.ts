import { join } from "node:path";
import { Failure } from "../model/failure.js";
import { KeyedHash } from "../platform/secrets/keyed-hash.js";
import { resolveSecret } from "../platform/secrets/resolve-secret.js";
import { forgottenViewSql } from "../state/people/forgotten.js";
import type { ForgottenRef } from "../state/root/root.js";
import type { Run } from "./run.js";

const LOST =
  "If it is lost for good, `rollcall state replace-forget-key --dry-run` says what a new one means.";

/**
 * A run that holds forgotten people back. Costs nothing while nobody was
 * forgotten; throws `Failure("refused")` when they cannot be known, because the
 * key is missing or another one. Runs on the newest root that this process knows.
 */
export async function withForgotten(run: Run): Promise<Run> {
  const known = run.state.root.forgotten;
  if (known === undefined) return { ...run, forgotten: undefined };
  const hash = await readForgetKey(run);
  if (hash === undefined) {
    throw new Failure("refused", `${people(known)} forgotten, and the config has no forget.key.`, {
      hint: `Without the key nobody can tell who they are, and they would be added again. Put the key back into the config. ${LOST}`,
    });
  }
  mustBeSameKey(hash, known);
  const table = "rollcall_forgotten";
  const path = await fetchForgotten(run, known);
  await run.engine.run(`CREATE OR REPLACE TABLE ${table} AS ${forgottenViewSql(path)}`);
  const among = (keys: string): string =>
    `SELECT DISTINCT key FROM (${keys}) WHERE ${hash.sqlOf("key")} IN (SELECT hash FROM ${table})`;
  const { ids, older } = await run.engine.row<Record<"ids" | "older", number>>(
    `SELECT count(*) FILTER (person) AS ids, count(*) FILTER (person AND older) AS older FROM ${table}`,
  );
  return { ...run, forgotten: Object.assign(among, { ids, olderIds: older > 0 }) };
}

/** The keyed hash of the config, if it names a key. */
export async function readForgetKey({ config, signal }: Run): Promise<KeyedHash | undefined> {
  if (config.forget === undefined) return undefined;
  const { folder } = config;
  return new KeyedHash(await resolveSecret(config.forget.key, { folder, signal, place: "forget.key" }));
}

export function mustBeSameKey({ keyId }: KeyedHash, known: ForgottenRef): void {
  if (keyId === known.keyId) return;
  throw new Failure("refused", `${people(known)} forgotten under another forget.key.`, {
    hint: `Put the key with the fingerprint ${known.keyId} back: this key is never changed, because with another one they would be added again. ${LOST}`,
  });
}

/** A local copy of the hashes. */
export async function fetchForgotten(
  { state, scratch, signal }: Run,
  { blob }: ForgottenRef,
): Promise<string> {
  const path = join(scratch, `forgotten-${blob.sha256}.parquet`);
  await state.fetchBlob(blob, path, signal);
  return path;
}

function people({ people: count }: ForgottenRef): string {
  return count === 1 ? "One person was" : `${count.toLocaleString("en-US")} people were`;
}
