import type { Export } from "../../model/config/export.js";
import type { ConfigChange } from "../../model/plan/plan.js";
import { maskAddresses } from "../../platform/secrets/mask-addresses.js";
import { unifiedDiff } from "../../report/line-diff.js";
import { exportState, wasApplied, type ExportState } from "../../state/root/root.js";
import { exportsOnListOf, orphanHint, type OrphanContext } from "../../records/orphan-list.js";
import type { CompiledExport } from "../prepared.js";
import type { Relocation } from "../../records/relocation.js";
import type { LeavingExport, Transition } from "../../records/transition.js";

/** An export as far as its definition and its record differ. */
export interface ChangedExport extends Pick<
  CompiledExport,
  "definition" | "renamedFrom" | "united" | "leaving"
> {
  readonly wanted: Pick<Export, "name" | "protect">;
  readonly applied: Pick<ExportState, "definition" | "protect" | "lastRun"> | undefined;
  readonly relocation: Pick<Relocation, "from" | "departed" | "oldMembers"> | undefined;
}

/** What of a run the differences are told by. */
export interface ComparedRecord {
  readonly state: { readonly root: OrphanContext["root"] };
  readonly config: OrphanContext["config"] & { readonly exports: ReadonlyMap<string, unknown> };
  readonly reveal: boolean;
}

/** What becomes of records, and what could not be compared. */
export interface RecordFates {
  readonly transition: Pick<Transition, "dropped" | "leaving" | "orphans">;
  readonly failed: readonly { readonly wanted: Pick<Export, "name"> }[];
}

/** What differs between the config and the record, in the order of the config; what it says nothing of comes last. */
export function configChanges(
  { state: { root }, config, reveal }: ComparedRecord,
  { transition, failed }: RecordFates,
  compiled: readonly ChangedExport[],
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

function changesOf(one: ChangedExport, reveal: boolean): ConfigChange[] {
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

function removed({ name, state }: Pick<LeavingExport, "name" | "state">, what: string): ConfigChange {
  return { export: name, kind: "removed", diff: "", detail: `${what} list ${state.list.listId}` };
}

/** Recorded exports that the config no longer has: shown, and their members are kept. */
function orphan(
  name: string,
  { definition, list }: Pick<ExportState, "definition" | "list">,
  { root, config }: Pick<ComparedRecord, "config"> & Pick<OrphanContext, "root">,
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
