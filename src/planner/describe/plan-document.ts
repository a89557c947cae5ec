import { accountState, wasApplied } from "../../state/root/root.js";
import { createHash } from "node:crypto";
import type { Config } from "../../model/config/config.js";
import type { Export } from "../../model/config/export.js";
import type { Narrowing } from "../../model/plan/narrowing.js";
import type { Source } from "../../model/config/source.js";
import type { AccountPlan, ExportPlan, Plan, SourcePlan } from "../../model/plan/plan.js";
import { controlDigest } from "../../plan/control-digest.js";
import { countChanged } from "../../plan/counts.js";
import { expectationOf } from "../../plan/expectation.js";
import { TOOL } from "../../platform/tool.js";
import type { OrphanContext } from "../../records/orphan-list.js";
import type { Transition } from "../../records/transition.js";
import type { OpenConnection } from "../../run/accounts.js";
import type { Run } from "../../run/run.js";
import { configChanges, type ChangedExport } from "./config-changes.js";
import { readFacts } from "./read-facts.js";
import type { DetachedExport } from "../transition/detached.js";
import type { FailedExport, PreparedAccount } from "../prepared.js";

/** What of a run a plan is made of. */
export interface PlanningRun extends Pick<Run, "clock" | "loadedSources" | "reveal" | "untrusted"> {
  readonly config: OrphanContext["config"] &
    Pick<Config, "timezone" | "removed"> & {
      readonly sources: ReadonlyMap<string, Pick<Source, "type">>;
      readonly approvals: Pick<Config["approvals"], "tolerance">;
      readonly exports: ReadonlyMap<string, unknown>;
    };
  readonly state: { readonly root: OrphanContext["root"]; readonly lineage: string };
}

/** What was prepared, as far as a plan shows it. */
export interface PlannedParts {
  readonly transition: Pick<Transition, "notes" | "dropped" | "leaving" | "orphans">;
  readonly accounts: readonly PlannedAccount[];
  readonly failed: readonly (Pick<FailedExport, "plan"> & { readonly wanted: Pick<Export, "name"> })[];
  readonly detached: readonly Pick<DetachedExport, "plan">[];
}

export interface PlannedAccount extends Pick<
  PreparedAccount,
  "key" | "addresses" | "added" | "limit" | "stored" | "checks"
> {
  readonly open: {
    readonly connection: Pick<OpenConnection["connection"], "name" | "type">;
    readonly account: Pick<OpenConnection["account"], "id" | "label">;
  };
  readonly exports: readonly PlannedExport[];
}

export interface PlannedExport extends ChangedExport {
  readonly plan: ExportPlan;
}

/** The plan of a run so narrowed as a document, in the order of the config. */
export function planDocument(
  run: PlanningRun,
  prepared: PlannedParts,
  narrowing: Narrowing | undefined,
): Plan {
  const { config, state, clock, reveal } = run;
  const order = [...config.exports.keys()];
  const { transition } = prepared;
  const compiled = prepared.accounts.flatMap(({ exports }) => exports);
  const applied = Object.values(state.root.exports).filter(wasApplied);
  const known = new Set(applied.map(({ list }) => list.accountId));
  const exports = [...compiled, ...prepared.failed, ...prepared.detached].map(({ plan }) => plan);
  const notes = [
    ...transition.notes,
    ...(run.untrusted && exports.some(({ counts }) => countChanged(counts) > 0) ? [NO_EXAMPLES] : []),
  ];
  const document: Omit<Plan, "digest" | "expect"> = {
    formatVersion: "1.0",
    tool: TOOL,
    createdAt: clock.toISOString(),
    timezone: config.timezone,
    ...(config.environment === undefined ? {} : { environment: config.environment }),
    lineage: state.lineage,
    configDigest: digestOf(config, compiled),
    revealed: reveal,
    ...(narrowing === undefined ? {} : { narrowing }),
    configChanges: configChanges(run, prepared, compiled),
    ...(notes.length > 0 ? { notes } : {}),
    sources: sourcesOf(run),
    accounts: prepared.accounts.map((account): AccountPlan => ({
      connection: account.open.connection.name,
      type: account.open.connection.type,
      id: account.open.account.id,
      label: account.open.account.label,
      ...(known.has(account.key) ? {} : { isNew: true }),
      addresses: account.addresses,
      limit: account.limit,
      ...(account.stored === undefined ? {} : { stored: account.stored }),
      added: account.added,
      unfinishedRun: accountState(state.root, account.key)?.openRun?.runId,
      checks: account.checks,
    })),
    exports: exports.sort((a, b) => placeOf(a.name, order) - placeOf(b.name, order)),
  };
  const control = controlDigest(document, {
    lineage: applied.length > 0 ? state.lineage : undefined,
    applied: appliedDigests(compiled),
  });
  const expect = expectationOf(document, control, config.approvals.tolerance);
  return { ...document, digest: { control }, expect };
}

/** Those that have a name in the config; a segment's file of addresses is told with the segment. */
function sourcesOf({ config, loadedSources }: PlanningRun): SourcePlan[] {
  return [...config.sources].flatMap(([name, { type }]) => {
    const loaded = loadedSources.get(name);
    return loaded === undefined ? [] : [{ name, type, ...readFacts(loaded) }];
  });
}

const NO_EXAMPLES =
  "No examples of people are shown: SQL that nobody has reviewed could tell by them what is in the data.";

function appliedDigests(compiled: readonly ChangedExport[]): Map<string, string> {
  return new Map(
    compiled.flatMap(({ wanted, applied }): [string, string][] =>
      applied === undefined || !wasApplied(applied) ? [] : [[wanted.name, applied.definition.digest]],
    ),
  );
}

/** What is no longer in the config comes last. */
function placeOf(name: string, order: readonly string[]): number {
  const place = order.indexOf(name);
  return place === -1 ? order.length : place;
}

function digestOf(
  { moved, removed }: Pick<Config, "moved" | "removed">,
  compiled: readonly ChangedExport[],
): string {
  const digests = compiled
    .map(({ wanted, definition }) => `${wanted.name}:${definition.digest}:${String(wanted.protect)}`)
    .sort();
  return createHash("sha256")
    .update([...digests, JSON.stringify([moved, removed])].join("\n"))
    .digest("hex");
}
