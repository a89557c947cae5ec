import { accountState, exportState } from "../../state/root.js";
import { createHash } from "node:crypto";
import { createTwoFilesPatch } from "diff";
import type { AccountPlan, ConfigChange, Plan } from "../../model/plan.js";
import { maskAddresses } from "../../platform/mask-addresses.js";
import { TOOL } from "../../platform/tool.js";
import type { CompiledExport } from "./prepared.js";
import type { Prepared } from "./prepare.js";
import type { Session } from "./session.js";

/** The plan as a document, in the order of the config. */
export function planDocument(session: Session, prepared: Prepared): Plan {
  const { config, state, clock, reveal } = session;
  const order = [...config.exports.keys()];
  const compiled = prepared.accounts.flatMap(({ exports }) => exports);
  const exports = [...compiled.map(({ plan }) => plan), ...prepared.failed.map(({ plan }) => plan)];
  return {
    formatVersion: "1.0",
    tool: TOOL,
    createdAt: clock.toISOString(),
    lineage: state.lineage,
    configDigest: digestOf(compiled),
    revealed: reveal,
    configChanges: [...compiled.flatMap((one) => configChange(session, one)), ...orphans(session)],
    accounts: prepared.accounts.map((account): AccountPlan => ({
      connection: account.open.connection.name,
      type: account.open.connection.type,
      id: account.open.account.id,
      label: account.open.account.label,
      addresses: account.addresses,
      limit: account.limit,
      unfinishedRun: accountState(state.root, account.key)?.openRun?.runId,
      checks: account.checks,
    })),
    exports: exports.sort((a, b) => order.indexOf(a.name) - order.indexOf(b.name)),
  };
}

function digestOf(compiled: readonly CompiledExport[]): string {
  const digests = compiled.map(({ wanted, definition }) => `${wanted.name}:${definition.digest}`).sort();
  return createHash("sha256").update(digests.join("\n")).digest("hex");
}

function configChange({ state, reveal }: Session, { wanted, definition }: CompiledExport): ConfigChange[] {
  const applied = exportState(state.root, wanted.name)?.definition;
  if (applied?.digest === definition.digest) return [];
  const patch = createTwoFilesPatch("applied", "config", applied?.text ?? "", definition.text, "", "", {
    context: 3,
  });
  return [
    { export: wanted.name, kind: applied === undefined ? "new" : "changed", diff: shown(patch, reveal) },
  ];
}

/** Recorded exports that the config no longer has: shown, and their members are kept. */
function orphans({ state, config, reveal }: Session): ConfigChange[] {
  return Object.entries(state.root.exports)
    .filter(([name]) => !config.exports.has(name))
    .map(([name, { definition }]) => ({
      export: name,
      kind: "orphaned",
      diff: shown(createTwoFilesPatch("applied", "config", definition.text, "", "", ""), reveal),
    }));
}

/** Without the `Index` and `===` lines that say nothing here, and without addresses that conditions and constants may hold. */
function shown(patch: string, reveal: boolean): string {
  const text = patch.slice(patch.indexOf("--- ")).trimEnd();
  return reveal ? text : maskAddresses(text);
}
