import type { ConfigChange } from "../model/plan.js";
import { maskAddresses } from "../platform/mask-addresses.js";
import { unifiedDiff } from "../report/line-diff.js";
import { exportState, wasApplied, type ExportState } from "../state/root.js";
import { exportsOnListOf, orphanHint, type Recorded } from "../records/orphan-list.js";
import type { CompiledExport } from "./prepared.js";
import type { Prepared } from "./prepare.js";
import type { Session } from "../run/run.js";
import type { Leaving } from "../records/transition.js";

/** What differs between the config and the record, in the order of the config; what it says nothing of comes last. */
export function configChanges(
  { state: { root }, config, reveal }: Session,
  { transition, failed }: Prepared,
  compiled: readonly CompiledExport[],
): ConfigChange[] {
  const departing = new Set(compiled.flatMap(({ relocation }) => relocation?.departed ?? []));
  const failing = new Set(failed.map(({ wanted }) => wanted.name));
  const leaving = transition.leaving.filter(({ name }) => !departing.has(name) && !failing.has(name));
  return [
    ...compiled.filter((one) => !one.leaving).flatMap((one) => changesOf(one, reveal)),
    ...transition.dropped.map((one) => removed(one, "its people stay on")),
    ...leaving.map((one) => removed(one, "those whom we added come off")),
    ...transition.orphans.flatMap((name) => {
      const known = exportState(root, name);
      return known === undefined ? [] : [orphan(name, known, { root, config }, reveal)];
    }),
  ];
}

function changesOf(one: CompiledExport, reveal: boolean): ConfigChange[] {
  const { wanted, applied, definition, renamedFrom, united, relocation } = one;
  const { name } = wanted;
  const changes: ConfigChange[] = [];
  const isNew = applied === undefined || !wasApplied(applied);
  if (isNew) changes.push({ export: name, kind: "new", diff: diff("", definition.text, reveal) });
  for (const from of [...(renamedFrom === undefined ? [] : [renamedFrom]), ...united])
    changes.push({ export: name, kind: "renamed", from, diff: "" });
  if (relocation !== undefined) {
    const { from, oldMembers } = relocation;
    const detail =
      oldMembers === "keep" ? "the people stay on the old list" : "those whom we added come off the old list";
    changes.push({ export: name, kind: "moved", from: from.listId, diff: "", detail });
  }
  if (!isNew && applied.definition.digest !== definition.digest)
    changes.push({
      export: name,
      kind: "changed",
      diff: diff(applied.definition.text, definition.text, reveal),
    });
  if (applied !== undefined && wanted.protect !== undefined && wanted.protect !== (applied.protect ?? false))
    changes.push(
      wanted.protect
        ? { export: name, kind: "protected", diff: "", detail: "its list may not be emptied any more" }
        : { export: name, kind: "unprotected", diff: "", detail: "its protection will be lifted" },
    );
  return changes;
}

function removed({ name, state }: Leaving, what: string): ConfigChange {
  return { export: name, kind: "removed", diff: "", detail: `${what} list ${state.list.listId}` };
}

/** Recorded exports that the config no longer has: shown, and their members are kept. */
function orphan(
  name: string,
  { definition, list }: ExportState,
  { root, config }: Recorded,
  reveal: boolean,
): ConfigChange {
  return {
    export: name,
    kind: "orphaned",
    diff: diff(definition.text, "", reveal),
    detail: `its people stay on list ${list.listId} and are still claimed`,
    hint: orphanHint(name, exportsOnListOf(name, root, config), config),
  };
}

/** Without the `Index` and `===` lines that say nothing here, and without addresses that conditions and constants may hold. */
function diff(before: string, after: string, reveal: boolean): string {
  const patch = unifiedDiff(["applied", "config"], [before, after], 3);
  const text = patch.slice(patch.indexOf("--- ")).trimEnd();
  return reveal ? text : maskAddresses(text);
}
