import type { ConfigChoice } from "../config/choice.js";
import type { Diagnostic } from "../model/diagnostic.js";
import type { Drift, ExportDrift } from "../model/drift.js";
import type { Emit } from "../model/event.js";
import { Failure } from "../model/failure.js";
import { TOOL } from "../platform/tool.js";
import { accountState, type StateRoot } from "../state/root.js";
import type { HeldAccount } from "../state/store.js";
import type { OpenConnection } from "../run/accounts.js";
import { compareWithRecord, type AccountRead, type Comparison } from "../drift/compare.js";
import { describeDrift, failedDrift } from "../drift/describe.js";
import { recordDrift } from "../drift/record.js";
import { withForgotten } from "../run/forgotten.js";
import { Locks, mustBeSettled, withAccount } from "../run/locks.js";
import { compile } from "../planner/compile.js";
import { heededLists } from "../planner/opt-outs/heeded-lists.js";
import { detachmentOf } from "../planner/transition/detached.js";
import { hasSmsIdentifier } from "../planner/rows/evaluate.js";
import { inPlace } from "../planner/transition/in-place.js";
import { loadClaims, loadSources } from "../planner/rows/load-data.js";
import { readOptOuts } from "../planner/opt-outs/opt-outs.js";
import { openAccounts, selectExports } from "../planner/prepare.js";
import type { CompiledExport } from "../planner/prepared.js";
import type { Session } from "../run/run.js";
import { transitionOf } from "../records/transition.js";
import { projectState } from "../run/project-state.js";
import { telling } from "../notices/with-notices.js";
import { outcomesOfDrift } from "../notices/of-drift.js";
import type { Notifying } from "../notices/notice-options.js";
import { withSession } from "../run/open.js";
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
  return telling(options, "drift", (project) => look({ ...options, project }), outcomesOfDrift);
}

async function look(options: DriftOptions & { readonly project: Project }): Promise<DriftResult> {
  const { result, diagnostics } = await withSession(options, async (opened) => {
    const session = await withForgotten(opened);
    const wanted = selectExports(session, options.targets);
    const accounts = await openAccounts(session, wanted);
    const transition = transitionOf(session.config, session.state.root, options.targets);
    const exports: ExportDrift[] = [];
    const compiled: CompiledExport[] = [];
    for (const [index, one] of wanted.entries()) {
      const open = accounts.connections.get(one.connection);
      const unreachable = accounts.failed.find((failed) => failed.wanted === one);
      const detached = detachmentOf(session, one.connection);
      if (detached !== undefined) emitDetached(session, one.name, detached);
      try {
        if (unreachable !== undefined) throw unreachable.failure;
        if (open !== undefined) compiled.push(inPlace(await compile(session, one, open, index, transition)));
      } catch (error) {
        exports.push(failedDrift(session.config, one, open, error));
      }
    }
    const missingSources = await loadSources(session, compiled);
    await session.engine.lockDown();
    const keys = [...new Set(compiled.map(({ open }) => open.accountKey))];
    for (const [index, key] of keys.entries()) {
      const own = compiled.filter(({ open }) => open.accountKey === key);
      exports.push(...(await driftOfAccount(session, options, own, missingSources, `acc${index}`)));
    }
    const order = wanted.map(({ name }) => name);
    return {
      formatVersion: "1.0",
      tool: TOOL,
      createdAt: session.clock.toISOString(),
      environment: session.config.environment,
      recorded: options.record === true,
      revealed: session.reveal,
      exports: exports.sort((a, b) => order.indexOf(a.name) - order.indexOf(b.name)),
    } satisfies Drift;
  });
  return { drift: result, diagnostics };
}

/** What is inactive is not compared. */
function emitDetached({ emit }: Session, name: string, detached: string): void {
  emit({ type: "warning", export: name, message: `It is detached, so its list is not read. ${detached}` });
}

/** An account that is busy or cannot be read holds up its own exports and no others. */
async function driftOfAccount(
  opened: Session,
  options: DriftOptions,
  compiled: readonly CompiledExport[],
  missingSources: AccountRead["missingSources"],
  prefix: string,
): Promise<ExportDrift[]> {
  const open = compiled[0]?.open;
  if (open === undefined) return [];
  const before = epochOf(opened.state.root, open);
  const work = async (session: Session, holder?: HeldAccount): Promise<ExportDrift[]> => {
    mustBeSettled(session, open);
    if (holder !== undefined && epochOf(session.state.root, open) !== before + 1) throw overtaken(open);
    const account = await readAccount(session, open, compiled, { prefix, missingSources });
    const { exports, found } = await compareEach(session, compiled, account);
    if (holder === undefined) await nobodyElse(session, open, before);
    else await recordDrift(session, holder, open, account, found, options.actor);
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
  session: Session,
  open: OpenConnection,
  compiled: readonly CompiledExport[],
  {
    prefix,
    missingSources,
  }: { readonly prefix: string; readonly missingSources: AccountRead["missingSources"] },
): Promise<AccountRead> {
  const claims = await loadClaims(session, open.accountKey, prefix);
  session.emit({ type: "stage", export: undefined, stage: `reading opt-outs of ${open.connection.name}` });
  const { optOuts } = await readOptOuts(session, open, prefix, {
    lists: compiled.flatMap(heededLists),
    everyone: compiled.some(({ program, previous }) => hasSmsIdentifier(previous ?? program)),
  });
  return { claims, optOuts, missingSources };
}

async function compareEach(
  session: Session,
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
      const comparison = await compareWithRecord(session, one, account);
      exports.push(await describeDrift(session, one, comparison));
      if (comparison !== undefined) found.push({ compiled: one, comparison });
    } catch (error) {
      exports.push(failedDrift(session.config, one.wanted, one.open, error));
    }
  }
  return { exports, found };
}

/** Without a lock an apply may have run while the list was read, and its work would look like somebody else's. */
async function nobodyElse({ config, signal }: Session, open: OpenConnection, before: number): Promise<void> {
  const { root } = await projectState(config, signal);
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
