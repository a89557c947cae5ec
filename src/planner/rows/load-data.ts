import { accountState } from "../../state/root/root.js";
import type { Failure } from "../../model/failure.js";
import { movedClaimsSql, type ClaimsMove } from "../../state/people/claims-mapping.js";
import { ledgerViewSql } from "../../state/people/ledger.js";
import { fetchLedgerFiles } from "../../run/ledger-files.js";
import { readSources } from "./read-sources.js";
import type { CompiledExport } from "../prepared.js";
import type { Run } from "../../run/run.js";

/** Locks the engine and reads every source that some program needs, once. Returns why those that could not be read failed. */
export function loadSources(
  run: Run,
  exports: readonly Pick<CompiledExport, "program" | "previous">[],
): Promise<Map<string, Failure>> {
  return loadNamedSources(
    run,
    new Set(exports.flatMap(({ program, previous }) => [...program.sources, ...(previous?.sources ?? [])])),
  );
}

/** The same for sources by their names. `planned`: bytes of rows that a saved plan brings. */
export function loadNamedSources(
  run: Run,
  names: ReadonlySet<string>,
  planned = 0,
): Promise<Map<string, Failure>> {
  return readSources(run, names, planned + recordedBytes(run));
}

/** Of all ledgers and opt-outs. */
function recordedBytes({ state }: Run): number {
  const blobs = Object.values(state.root.accounts).flatMap(({ ledger: { base, deltas }, optOuts }) => [
    ...(base === undefined ? [] : [base.blob]),
    ...deltas.map(({ blob }) => blob),
    ...(optOuts === undefined ? [] : [optOuts.blob]),
  ]);
  return blobs.reduce((sum, { bytes }) => sum + bytes, 0);
}

/** Brings the ledger of an account into the run folder and offers it, as it is once `moves` are made, as the view `<prefix>_claims`. */
export async function loadClaims(
  run: Run,
  accountKey: string,
  prefix: string,
  moves: readonly ClaimsMove[] = [],
): Promise<string> {
  const view = `${prefix}_claims`;
  const recorded = await readRecordedClaims(run, accountKey);
  await run.engine.run(`CREATE OR REPLACE VIEW ${view} AS ${movedClaimsSql(recorded, moves)}`);
  return view;
}

/** The claims of an account as they are recorded, from local copies of its ledger; one SELECT. */
export async function readRecordedClaims(run: Run, accountKey: string): Promise<string> {
  const ledger = accountState(run.state.root, accountKey)?.ledger ?? { deltas: [], rows: 0 };
  return ledgerViewSql(await fetchLedgerFiles(run, ledger));
}
