import { accountState, wasApplied } from "../state/root.js";
import { createHash } from "node:crypto";
import type { Config } from "../model/config.js";
import type { Narrowing } from "../model/narrowing.js";
import type { AccountPlan, Plan } from "../model/plan.js";
import { controlDigest } from "../plan/control-digest.js";
import { countChanged } from "../plan/counts.js";
import { expectationOf } from "../plan/expectation.js";
import { TOOL } from "../platform/tool.js";
import { configChanges } from "./config-changes.js";
import type { CompiledExport } from "./prepared.js";
import type { Prepared } from "./prepare.js";
import type { Session } from "../run/run.js";

/** The plan of a run so narrowed as a document, in the order of the config. */
export function planDocument(session: Session, prepared: Prepared, narrowing: Narrowing | undefined): Plan {
  const { config, state, clock, reveal } = session;
  const order = [...config.exports.keys()];
  const { transition } = prepared;
  const compiled = prepared.accounts.flatMap(({ exports }) => exports);
  const applied = Object.values(state.root.exports).filter(wasApplied);
  const known = new Set(applied.map(({ list }) => list.accountId));
  const exports = [...compiled, ...prepared.failed, ...prepared.detached].map(({ plan }) => plan);
  const notes = [
    ...transition.notes,
    ...(session.untrusted && exports.some(({ counts }) => countChanged(counts) > 0) ? [NO_EXAMPLES] : []),
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
    configChanges: configChanges(session, prepared, compiled),
    ...(notes.length > 0 ? { notes } : {}),
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

const NO_EXAMPLES =
  "No examples of people are shown: SQL that nobody has reviewed could tell by them what is in the data.";

function appliedDigests(compiled: readonly CompiledExport[]): Map<string, string> {
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

function digestOf({ moved, removed }: Config, compiled: readonly CompiledExport[]): string {
  const digests = compiled
    .map(({ wanted, definition }) => `${wanted.name}:${definition.digest}:${String(wanted.protect)}`)
    .sort();
  return createHash("sha256")
    .update([...digests, JSON.stringify([moved, removed])].join("\n"))
    .digest("hex");
}
