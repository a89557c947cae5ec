import { access } from "node:fs/promises";
import { join } from "node:path";
import { Failure } from "../model/failure.js";
import { formatsSql, LEDGER_FORMAT, type LedgerFiles } from "../state/people/ledger.js";
import type { AccountState, LedgerPart } from "../state/root/root.js";
import type { Run } from "./run.js";

/** Local copies of an account's ledger, each fetched once a run. Throws when a file's hashes cannot be compared with ours. */
export async function fetchLedgerFiles(run: Run, ledger: AccountState["ledger"]): Promise<LedgerFiles> {
  const base = ledger.base === undefined ? undefined : await localCopy(run, ledger.base);
  const deltas: string[] = [];
  for (const part of ledger.deltas) deltas.push(await localCopy(run, part));
  return { base, deltas };
}

/** The file is named by its content, so one that is there is the one that is wanted. */
async function localCopy(run: Run, { blob }: LedgerPart): Promise<string> {
  const path = join(run.scratch, `ledger-${blob.sha256}.parquet`);
  const fetched = await access(path).then(
    () => true,
    () => false,
  );
  if (fetched) return path;
  await run.state.fetchBlob(blob, path, run.signal);
  await mustCompare(run, path);
  return path;
}

async function mustCompare({ engine, state }: Run, path: string): Promise<void> {
  const [file] = await engine.rows<{ format: string | null }>(formatsSql([path]));
  if (file?.format === String(LEDGER_FORMAT)) return;
  throw new Failure(
    "invalid",
    `The ledger in ${state.backend.label} has another format than this rollcall writes.`,
    {
      hint: "Install the version of rollcall that your team uses; nothing was changed.",
    },
  );
}
