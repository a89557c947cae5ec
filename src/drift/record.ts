import { comparedStrangersSql, recordDriftSql } from "../reconcile/drift.js";
import type { ExportState } from "../state/root/root.js";
import type { HeldAccount } from "../state/store.js";
import { ensureAccountEntry, appendToLedger, storeOptOuts } from "../apply/record/fold-ledger.js";
import type { OpenConnection } from "../run/accounts.js";
import type { CompiledExport, PreparedAccount } from "../planner/prepared.js";
import type { Run } from "../run/run.js";
import type { AccountRead, Comparison } from "./compare.js";

/** What strangers become in the record; what is only reported is nobody else's business. */
const STRANGERS = {
  report: undefined,
  adopt: { status: "member", origin: "adopted" },
  remove: { status: "stranger", origin: "found" },
} as const;

/** Takes comparisons of one account into its ledger, and the opt-outs that were read with them. */
export async function recordDrift(
  run: Run,
  holder: HeldAccount,
  open: OpenConnection,
  account: AccountRead,
  found: readonly { readonly compiled: CompiledExport; readonly comparison: Comparison }[],
  actor: string,
): Promise<void> {
  const at = new Date().toISOString();
  const changes = found.map(({ compiled: { wanted }, comparison: { listId, compared } }) => ({
    exportName: wanted.name,
    listId,
    sql: recordDriftSql({
      exportName: wanted.name,
      listId,
      claims: account.claims,
      compared,
      strangers: STRANGERS[wanted.strangers],
      except: run.forgotten?.(comparedStrangersSql(compared)),
      at,
    }),
  }));
  await recordFound(run, holder, open, { operation: "drift", at, actor, optOuts: account.optOuts, changes });
}

export interface FoundChanges {
  readonly operation: "drift" | "adopt";
  readonly at: string;
  readonly actor: string;
  readonly optOuts: PreparedAccount["optOuts"];
  readonly changes: readonly {
    readonly exportName: string;
    readonly listId: string;
    /** Ledger rows with `deleted`. */
    readonly sql: string;
    /** What is recorded of the export from now on, where nothing was. */
    readonly record?: ExportState | undefined;
  }[];
}

/** Records what was seen at a destination: claims, opt-outs, and who took it in. */
export async function recordFound(
  run: Run,
  holder: HeldAccount,
  { accountKey, spent }: OpenConnection,
  { operation, at, actor, optOuts, changes }: FoundChanges,
): Promise<void> {
  const { engine, signal } = run;
  const people = new Map<string, number>();
  for (const { exportName, sql } of changes)
    people.set(exportName, await engine.count(`SELECT count(*) FROM (${sql})`));
  const all = changes.map(({ sql }) => sql).join(" UNION ALL BY NAME ");
  const prefix = `${operation}-${accountKey.replaceAll(/[^a-z0-9]/gi, "-")}`;
  const ledger = all === "" ? undefined : await appendToLedger(run, { accountKey, prefix }, all);
  const stored = await storeOptOuts(run, prefix, optOuts);
  await holder.update((root) => {
    const entry = ensureAccountEntry(root, accountKey);
    if (ledger !== undefined) entry.ledger = ledger;
    entry.optOuts = stored;
    entry.spent = { ...spent };
    for (const { exportName, listId, record } of changes) {
      if (record !== undefined) root.exports[exportName] ??= record;
      entry.observations = {
        ...entry.observations,
        [exportName]: { operation, listId, at, actor, people: people.get(exportName) ?? 0 },
      };
    }
  }, signal);
}
