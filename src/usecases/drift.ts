import type { ConfigChoice } from "../config/choice.js";
import type { Diagnostic } from "../model/diagnostic.js";
import type { Drift, ExportDrift } from "../model/reports/drift.js";
import type { Emit } from "../model/run/event.js";
import { Failure } from "../model/failure.js";
import { TOOL } from "../platform/tool.js";
import { accountState, type StateRoot } from "../state/root/root.js";
import type { HeldAccount } from "../state/store.js";
import type { OpenConnection } from "../run/accounts.js";
import { compareWithRecord, type AccountRead, type Comparison } from "../drift/compare.js";
import { describeDrift, failedDrift } from "../drift/describe.js";
import { recordDrift } from "../drift/record.js";
import { withForgotten } from "../run/forgotten.js";
import { Locks, mustBeSettled, withAccount } from "../run/locks.js";
import { compileForAccount } from "../planner/compile.js";
import { optOutListsOf } from "../planner/opt-outs/opt-out-lists.js";
import { detachmentOf } from "../planner/transition/detached.js";
import { hasSmsIdentifier } from "../planner/rows/evaluate.js";
import { withoutTransition } from "../planner/transition/without-transition.js";
import { loadClaims, loadSources } from "../planner/rows/load-data.js";
import { readOptOuts } from "../planner/opt-outs/opt-outs.js";
import { openAccounts, selectExports } from "../planner/prepare.js";
import type { CompiledExport } from "../planner/prepared.js";
import type { Run } from "../run/run.js";
import { transitionOf } from "../records/transition.js";
import { openExistingState } from "../run/project-state.js";
import { withNotices } from "../notices/with-notices.js";
import { outcomesOfDrift } from "../notices/outcomes-of-drift.js";
import type { Notifying } from "../notices/notice-options.js";
import { withRun } from "../run/open.js";
import type { Project } from "../run/project.js";

export interface DriftOptions extends ConfigChoice, Notifying {
  /** Names of exports; all when empty. */
  readonly targets?: readonly string[] | undefined;
  /** Take what is seen into state. Without it nothing changes and no lock is taken. */
  readonly record?: boolean | undefined;
  readonly reveal?: boolean | undefined;
  readonly emit: Emit;
  readonly signal: AbortSignal;
  /** Who runs this. */
  readonly actor: string;
}

export interface DriftResult {
  /** Undefined when the config is invalid. */
  readonly drift: Drift | undefined;
  readonly diagnostics: readonly Diagnostic[];
}

/** Reads the lists and says how they differ from what is recorded, whatever config and profiles say by now. */
export function drift(options: DriftOptions): Promise<DriftResult> {
  return withNotices(options, "drift", (project) => driftOf({ ...options, project }), outcomesOfDrift);
}

async function driftOf(options: DriftOptions & { readonly project: Project }): Promise<DriftResult> {
  const { result, diagnostics } = await withRun(options, async (opened) => {
    const run = await withForgotten(opened);
    const wanted = selectExports(run, options.targets);
    const accounts = await openAccounts(run, wanted);
    const transition = transitionOf(run.config, run.state.root, options.targets);
    const exports: ExportDrift[] = [];
    const compiled: CompiledExport[] = [];
    for (const [index, one] of wanted.entries()) {
      const open = accounts.connections.get(one.connection);
      const unreachable = accounts.failed.find((failed) => failed.wanted === one);
      const detached = detachmentOf(run, one.connection);
      if (detached !== undefined) emitDetached(run, one.name, detached);
      try {
        if (unreachable !== undefined) throw unreachable.failure;
        if (open !== undefined)
          compiled.push(withoutTransition(await compileForAccount(run, one, open, index, transition)));
      } catch (error) {
        exports.push(failedDrift(run.config, one, open, error));
      }
    }
    const missingSources = await loadSources(run, compiled);
    await run.engine.lockDown();
    const keys = [...new Set(compiled.map(({ open }) => open.accountKey))];
    for (const [index, key] of keys.entries()) {
      const own = compiled.filter(({ open }) => open.accountKey === key);
      exports.push(...(await driftOfAccount(run, options, own, missingSources, `acc${index}`)));
    }
    const order = wanted.map(({ name }) => name);
    return {
      formatVersion: "1.0",
      tool: TOOL,
      createdAt: run.clock.toISOString(),
      environment: run.config.environment,
      recorded: options.record === true,
      revealed: run.reveal,
      exports: exports.sort((a, b) => order.indexOf(a.name) - order.indexOf(b.name)),
    } satisfies Drift;
  });
  return { drift: result, diagnostics };
}

/** What is inactive is not compared. */
function emitDetached({ emit }: Run, name: string, detached: string): void {
  emit({ type: "warning", export: name, message: `It is detached, so its list is not read. ${detached}` });
}

/** An account that is busy or cannot be read holds up its own exports and no others. */
async function driftOfAccount(
  opened: Run,
  options: DriftOptions,
  compiled: readonly CompiledExport[],
  missingSources: AccountRead["missingSources"],
  prefix: string,
): Promise<ExportDrift[]> {
  const open = compiled[0]?.open;
  if (open === undefined) return [];
  const before = epochOf(opened.state.root, open);
  const work = async (run: Run, holder?: HeldAccount): Promise<ExportDrift[]> => {
    mustBeSettled(run, open);
    if (holder !== undefined && epochOf(run.state.root, open) !== before + 1) throw overtaken(open);
    const account = await readAccount(run, open, compiled, { prefix, missingSources });
    const { exports, found } = await compareEach(run, compiled, account);
    if (holder === undefined) await nobodyElse(run, open, before);
    else await recordDrift(run, holder, open, account, found, options.actor);
    return exports;
  };
  try {
    if (options.record !== true) return await work(opened);
    const locks = new Locks(opened, { operation: "drift --record", actor: options.actor });
    return await withAccount(opened, open, locks, work);
  } catch (error) {
    return compiled.map(({ wanted }): ExportDrift => failedDrift(opened.config, wanted, open, error));
  }
}

async function readAccount(
  run: Run,
  open: OpenConnection,
  compiled: readonly CompiledExport[],
  {
    prefix,
    missingSources,
  }: { readonly prefix: string; readonly missingSources: AccountRead["missingSources"] },
): Promise<AccountRead> {
  const claims = await loadClaims(run, open.accountKey, prefix);
  run.emit({ type: "stage", export: undefined, stage: `reading opt-outs of ${open.connection.name}` });
  const { optOuts } = await readOptOuts(run, open, prefix, {
    lists: compiled.flatMap(optOutListsOf),
    everyone: compiled.some(({ program, previous }) => hasSmsIdentifier(previous ?? program)),
  });
  return { claims, optOuts, missingSources };
}

async function compareEach(
  run: Run,
  compiled: readonly CompiledExport[],
  account: AccountRead,
): Promise<{
  exports: ExportDrift[];
  found: { readonly compiled: CompiledExport; readonly comparison: Comparison }[];
}> {
  const exports: ExportDrift[] = [];
  const found: { compiled: CompiledExport; comparison: Comparison }[] = [];
  for (const one of compiled) {
    try {
      const comparison = await compareWithRecord(run, one, account);
      exports.push(await describeDrift(run, one, comparison));
      if (comparison !== undefined) found.push({ compiled: one, comparison });
    } catch (error) {
      exports.push(failedDrift(run.config, one.wanted, one.open, error));
    }
  }
  return { exports, found };
}

/** Without a lock an apply may have run while the list was read, and its work would look like somebody else's. */
async function nobodyElse({ config, signal }: Run, open: OpenConnection, before: number): Promise<void> {
  const { root } = await openExistingState(config, signal);
  if (epochOf(root, open) !== before) throw overtaken(open);
}

/** Goes up with every run that takes the account. */
function epochOf(root: StateRoot, { accountKey }: OpenConnection): number {
  return accountState(root, accountKey)?.epoch ?? 0;
}

function overtaken({ connection }: OpenConnection): Failure {
  return new Failure("conflict", `Another run used connection "${connection.name}" meanwhile.`, {
    hint: "Run this again when it has finished.",
  });
}
