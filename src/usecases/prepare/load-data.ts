import { accountState } from "../../state/root.js";
import { loadSource } from "../../engine/load-source.js";
import { Failure } from "../../model/failure.js";
import { ledgerViewSql } from "../../state/ledger.js";
import { ledgerFiles } from "../ledger-files.js";
import { openSource, sourceByEngineName } from "../sources.js";
import type { CompiledExport } from "./prepared.js";
import type { Session } from "./session.js";

/** Reads every source that some program needs, once. Returns why those that could not be read failed. */
export async function loadSources(
  session: Session,
  exports: readonly CompiledExport[],
): Promise<Map<string, Failure>> {
  const failures = new Map<string, Failure>();
  const names = new Set(
    exports.flatMap(({ program, previous }) => [...program.sources, ...(previous?.sources ?? [])]),
  );
  for (const name of names) {
    session.emit({ type: "stage", export: undefined, stage: `reading ${name}` });
    try {
      const source = sourceByEngineName(session.config, name);
      await loadSource(session.engine, source, await openSource(source, session.signal));
    } catch (error) {
      if (!(error instanceof Failure) || error.kind === "interrupted") throw error;
      failures.set(name, error);
    }
  }
  return failures;
}

/** Brings the ledger of an account into the run folder and offers it as the view `<prefix>_claims`. */
export async function loadClaims(session: Session, accountKey: string, prefix: string): Promise<string> {
  const ledger = accountState(session.state.root, accountKey)?.ledger ?? { deltas: [], rows: 0 };
  const view = `${prefix}_claims`;
  await session.engine.run(
    `CREATE OR REPLACE VIEW ${view} AS ${ledgerViewSql(await ledgerFiles(session, ledger))}`,
  );
  return view;
}
