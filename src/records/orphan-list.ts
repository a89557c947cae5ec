import type { Config } from "../model/config/config.js";
import { Failure } from "../model/failure.js";
import type { ListInfo } from "../plugin/destination.js";
import { exportState, type ListIdentity, type StateRoot } from "../state/root/root.js";
import { howBegun } from "./how-begun.js";
import { NEW_NAME, removalBlock, renamingBlock } from "./record-blocks.js";

/** An export that comes to a list on which it is not recorded. */
export interface ArrivingExport {
  readonly name: string;
  /** Whether nothing at all is recorded of it; if not, it comes from another list. */
  readonly isNew: boolean;
}

/** What an orphan is told by. */
export interface OrphanContext {
  readonly config: Pick<Config, "environment" | "disabled" | "moved">;
  readonly root: Pick<StateRoot, "exports" | "accounts">;
}

/**
 * Throws for an export that comes to the very list of a recorded one of which the config says nothing: a new one is
 * most likely that one with another name. Its people would count as found there, and whoever leaves would stay for ever.
 */
export function mustNotTakeOver(
  recorded: OrphanContext,
  orphans: readonly string[],
  comer: ArrivingExport,
  accountKey: string,
  list: ListInfo | undefined,
): void {
  if (list === undefined) return;
  const on = orphansOn({ accountId: accountKey, listId: list.id }, orphans, recorded);
  if (on.length > 0) throw takeoverFailure(comer, on, recorded);
}

/** The orphans of a list. */
export function orphansOn(
  { accountId, listId }: ListIdentity,
  orphans: readonly string[],
  { root }: { readonly root: Pick<StateRoot, "exports"> },
): string[] {
  return orphans.filter((name) => {
    const list = exportState(root, name)?.list;
    return list?.accountId === accountId && list.listId === listId;
  });
}

/** What is said of a comer to the list of orphans (at least one), with the blocks that settle it. */
export function takeoverFailure(
  { name, isNew }: ArrivingExport,
  orphans: readonly string[],
  { config, root }: OrphanContext,
): Failure {
  const known = orphans.flatMap((orphan) => exportState(root, orphan) ?? []);
  const listId = known[0]?.list.listId ?? "";
  const comes = isNew ? `is new, and its list ${listId}` : `goes to list ${listId}, which`;
  const named = orphans.map((orphan) => `"${orphan}"`).join(" and ");
  const was = `${orphans.length === 1 ? "was" : "were"} ${howBegun(known, root)}`;
  const be = orphans.length === 1 ? "is" : "are";
  const gone = orphans.some((orphan) => config.disabled.has(orphan))
    ? `${be} not in this environment`
    : `${be} no longer in the configuration`;
  const renamings = isNew ? orphans.flatMap((orphan) => renamingBlock(orphan, name, config) ?? []) : [];
  const renaming =
    renamings.length === 0
      ? "S"
      : `If it is the same export with another name, write ${renamings.join(" or ")}. If not, s`;
  return new Failure("refused", `Export "${name}" ${comes} is that of ${named}, which ${was} and ${gone}.`, {
    hint:
      `${renaming}ay what becomes of the people of ${named}: ${removalBlock(orphans, config)} (or remove). ` +
      "Without either, whoever leaves the segments would stay on the list for ever.",
  });
}

/** What one could write about an orphan; `exports` are those of the config on its list. */
export function orphanHint(
  orphan: string,
  exports: readonly string[],
  config: OrphanContext["config"],
): string {
  const names = exports.length === 0 ? [NEW_NAME] : exports;
  const renamings = names.flatMap((name) => renamingBlock(orphan, name, config) ?? []);
  const renaming = renamings.length === 0 ? "" : `; ${renamings.join(" or ")} says what it is called now`;
  return `${removalBlock([orphan], config)} (or remove) lets it go${renaming}.`;
}

/** Exports of the config that are recorded on the list of an orphan. */
export function exportsOnListOf(
  orphan: string,
  root: Pick<StateRoot, "exports">,
  { exports }: { readonly exports: ReadonlyMap<string, unknown> },
): string[] {
  const list = exportState(root, orphan)?.list;
  return [...exports.keys()].filter((name) => {
    const own = exportState(root, name)?.list;
    return list !== undefined && own?.accountId === list.accountId && own.listId === list.listId;
  });
}
