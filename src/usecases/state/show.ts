import { join } from "node:path";
import type { Diagnostic } from "../../model/diagnostic.js";
import { Failure } from "../../model/failure.js";
import { unlessFailed } from "../../model/unless-failed.js";
import type {
  AccountRecordReport,
  ExportRecordReport,
  OpenRunReport,
  OptOutsReport,
} from "../../model/reports/state-report.js";
import { maskAddresses } from "../../platform/secrets/mask-addresses.js";
import { foldJournal } from "../../state/journal/journal-state.js";
import { readJournal } from "../../state/journal/journal.js";
import { handRemovalsViewSql, optOutsViewSql } from "../../state/people/opt-outs.js";
import {
  accountState,
  exportState,
  type AccountState,
  type ExportState,
  type OpenRun,
  type StateRoot,
} from "../../state/root/root.js";
import type { Run } from "../../run/run.js";
import { withRun, type RunOptions } from "../../run/open.js";
import { countClaims, sumClaimed } from "./record/claim-counts.js";
import { exportListing, exportsOf, ledgerSize } from "./record/listing.js";
import { mustBeStored } from "../../state/upkeep/must-be-stored.js";
import { listOpenTrials } from "../../records/open-trials.js";
import { ownValue } from "../../model/own-value.js";

/** The root document, without what a definition is compiled to, and with addresses in its text masked. */
export interface RootReport {
  readonly kind: "root";
  readonly root: StateRoot;
}

export type StateShown = ExportRecordReport | AccountRecordReport | RootReport;

/** `rollcall state show`: what is recorded of an export or an account (by its key), or the root document. */
export async function showState(
  options: RunOptions & { readonly subject: string | undefined },
): Promise<{ result: StateShown | undefined; diagnostics: readonly Diagnostic[] }> {
  return withRun(options, async (run): Promise<StateShown> => {
    mustBeStored(run.state);
    const { root } = run.state;
    const { subject } = options;
    if (subject === undefined) return { kind: "root", root: withoutPeople(root) };
    const recorded = exportState(root, subject);
    if (recorded !== undefined) return exportRecord(run, subject, recorded);
    const account = accountState(root, subject);
    if (account !== undefined) return accountRecord(run, subject, account);
    throw unknownRecord(run, subject);
  });
}

/** Neither an export nor an account of the record has this name. */
export function unknownRecord({ state }: Pick<Run, "state">, subject: string): Failure {
  const { exports, accounts } = state.root;
  const known = [...Object.keys(exports), ...Object.keys(accounts)];
  return new Failure("invalid", `The state knows nothing called "${maskAddresses(subject)}".`, {
    hint: known.length === 0 ? "Nothing was applied yet." : `It knows ${known.join(", ")}.`,
  });
}

async function exportRecord(run: Run, name: string, recorded: ExportState): Promise<ExportRecordReport> {
  const { accountId } = recorded.list;
  const claims = await countClaims(run, accountId, name);
  const account = accountState(run.state.root, accountId);
  const open = account?.openRun;
  return {
    kind: "export",
    ...exportListing(name, recorded, sumClaimed(claims)),
    definition: maskAddresses(recorded.definition.text),
    claims,
    formerNames: recorded.formerNames ?? [],
    formerLists: recorded.formerLists ?? [],
    observation: ownValue(account?.observations, name),
    openRun: open?.exports.includes(name) === true ? await openRunOf(run, accountId, open) : undefined,
  };
}

async function accountRecord(run: Run, key: string, recorded: AccountState): Promise<AccountRecordReport> {
  const { ledger, openRun, observations = {}, spent } = recorded;
  const { root, backend } = run.state;
  const locks = recorded.trial === undefined ? [] : await backend.leases(run.signal);
  return {
    kind: "account",
    account: key,
    exports: exportsOf(root, key),
    ledger: ledgerSize(ledger),
    claims: await countClaims(run, key),
    optOuts: await optOutsOf(run, recorded),
    openRun: openRun && (await openRunOf(run, key, openRun)),
    trial: listOpenTrials(root, locks).find(({ account }) => account === key),
    observations,
    spent: Object.fromEntries(Object.entries(spent).map(([bucket, times]) => [bucket, times.length])),
  };
}

async function optOutsOf(
  { state, engine, scratch, signal }: Run,
  { optOuts }: AccountState,
): Promise<OptOutsReport | undefined> {
  if (optOuts === undefined) return undefined;
  const path = join(scratch, "opt-outs-shown.parquet");
  await state.fetchBlob(optOuts.blob, path, signal);
  const people = (view: string): Promise<number> => engine.count(`SELECT count(DISTINCT key) FROM (${view})`);
  return {
    people: await people(optOutsViewSql(path)),
    takenOff: await people(handRemovalsViewSql(path)),
    watermark: maskAddresses(optOuts.watermark),
    readAt: optOuts.readAt,
  };
}

async function openRunOf({ state, signal }: Run, account: string, open: OpenRun): Promise<OpenRunReport> {
  const { runId, startedAt, actor, exports } = open;
  // A damaged journal is what somebody may want to look into.
  const pending = await unlessFailed(async () => {
    const entries = await readJournal(state.journals, account, open.journal ?? runId, signal);
    const { batches } = foldJournal(entries);
    return batches.filter(({ progress }) => progress.status !== "settled").length;
  });
  return { runId, startedAt, actor, exports, pending };
}

function withoutPeople(root: StateRoot): StateRoot {
  const exports = Object.entries(root.exports).map(([name, { definition, formerIds, ...recorded }]) => {
    const text = maskAddresses(definition.text);
    const ids = formerIds === undefined ? {} : { formerIds: formerIds.map(maskAddresses) };
    return [name, { ...recorded, ...ids, definition: { ...definition, text, compiled: {} } }] as const;
  });
  return { ...root, exports: Object.fromEntries(exports) };
}
