import { access } from "node:fs/promises";
import { join } from "node:path";
import { Failure } from "../model/failure.js";
import { formatsSql, LEDGER_FORMAT, type LedgerFiles } from "../state/ledger.js";
import type { AccountState, LedgerPart } from "../state/root.js";
import type { Session } from "./run.js";

/** Local copies of an account's ledger, each fetched once a run. Throws when a file's hashes cannot be compared with ours. */
export async function ledgerFiles(session: Session, ledger: AccountState["ledger"]): Promise<LedgerFiles> {
  const base = ledger.base === undefined ? undefined : await localCopy(session, ledger.base);
  const deltas: string[] = [];
  for (const part of ledger.deltas) deltas.push(await localCopy(session, part));
  return { base, deltas };
}

/** The file is named by its content, so one that is there is the one that is wanted. */
async function localCopy(session: Session, { blob }: LedgerPart): Promise<string> {
  const path = join(session.scratch, `ledger-${blob.sha256}.parquet`);
  const fetched = await access(path).then(
    () => true,
    () => false,
  );
  if (fetched) return path;
  await session.state.fetchBlob(blob, path, session.signal);
  await mustCompare(session, path);
  return path;
}

async function mustCompare({ engine, state }: Session, path: string): Promise<void> {
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
