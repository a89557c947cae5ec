import { stat } from "node:fs/promises";
import { accountState } from "../../state/root/root.js";
import { loadSource } from "../../engine/load/load-source.js";
import type { Failure } from "../../model/failure.js";
import { keptFailure } from "../../platform/defects.js";
import type { Source } from "../../model/config/source.js";
import type { SourceRead } from "../../plugin/source.js";
import { movedClaimsSql, type ClaimsMove } from "../../state/people/claims-mapping.js";
import { ledgerViewSql } from "../../state/people/ledger.js";
import { fetchLedgerFiles } from "../../run/ledger-files.js";
import { openSource, sourceByEngineName } from "../../run/sources.js";
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
export async function loadNamedSources(
  run: Run,
  names: ReadonlySet<string>,
  planned = 0,
): Promise<Map<string, Failure>> {
  try {
    return await loadOpened(run, names, planned);
  } finally {
    await run.shared.close();
  }
}

async function loadOpened(
  run: Run,
  names: ReadonlySet<string>,
  planned: number,
): Promise<Map<string, Failure>> {
  const failures = new Map<string, Failure>();
  const opened: { source: Source; read: SourceRead }[] = [];
  const tried = async (name: string, work: () => Promise<unknown>): Promise<void> => {
    try {
      await work();
    } catch (error) {
      failures.set(name, keptFailure(error));
    }
  };
  for (const name of names) {
    await tried(name, async () => {
      const source = sourceByEngineName(run.config, name);
      opened.push({ source, read: await openSource(run.config, source, run) });
    });
  }
  // Before anything is read: a database file may hold views that read other files.
  const files = opened.flatMap(({ read }) => read.files);
  const bytes = planned + recordedBytes(run) + (await bytesOf(files));
  const isUnmeasured = opened.some(({ source }) => !source.kind.readsProject);
  await run.engine.lockDown(files, { much: bytes > FEW_BYTES || isUnmeasured });
  for (const { source, read } of opened) {
    run.emit({ type: "stage", export: undefined, stage: `reading ${source.name}` });
    await tried(source.name, async () => {
      run.loadedSources.set(source.name, await loadSource(run.engine, source, read));
    });
  }
  return failures;
}

/** Some ten thousand people. */
const FEW_BYTES = 1_000_000;

/** What cannot be measured is told when it is read. */
async function bytesOf(files: readonly string[]): Promise<number> {
  const sizes = await Promise.all(
    files.map((path) =>
      stat(path).then(
        ({ size }) => size,
        () => 0,
      ),
    ),
  );
  return sizes.reduce((sum, size) => sum + size, 0);
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
