import type { Config } from "../../model/config.js";
import { Failure } from "../../model/failure.js";
import type { ListInfo } from "../../plugin/destination.js";
import { exportState, wasApplied, type ExportState, type StateRoot } from "../../state/root.js";

/** A name that `moved` takes: what is left of an export on a list that it has left has another. */
const NAME = /^[A-Za-z][\w-]*$/;

/** An export that comes to a list on which it is not recorded. */
export interface Comer {
  readonly name: string;
  /** Whether nothing at all is recorded of it; if not, it comes from another list. */
  readonly isNew: boolean;
}

/**
 * Throws for an export that comes to the very list of a recorded one of which the config says nothing: a new one is
 * most likely that one with another name. Its people would count as found there, and whoever leaves would stay for ever.
 */
export function mustNotTakeOver(
  root: StateRoot,
  orphans: readonly string[],
  comer: Comer,
  accountKey: string,
  list: ListInfo | undefined,
): void {
  const on = orphans.find((name) => {
    const recorded = exportState(root, name)?.list;
    return list !== undefined && recorded?.accountId === accountKey && recorded.listId === list.id;
  });
  const known = on === undefined ? undefined : exportState(root, on);
  if (on !== undefined && known !== undefined) throw takenOver(comer, on, known);
}

/** What is said of that, with the blocks that settle it. */
export function takenOver({ name, isNew }: Comer, orphan: string, known: ExportState): Failure {
  const comes = isNew
    ? `is new, and its list ${known.list.listId}`
    : `goes to list ${known.list.listId}, which`;
  const was = wasApplied(known) ? "applied" : "adopted";
  return new Failure(
    "refused",
    `Export "${name}" ${comes} is that of "${orphan}", which was ${was} and is no longer in the configuration.`,
    {
      hint:
        (isNew && NAME.test(orphan)
          ? `If it is the same export with another name, write ${renaming(orphan, name)}. If not, s`
          : "S") +
        `ay what becomes of the people of "${orphan}": ${lettingGo(orphan)}. ` +
        "Without either, whoever leaves the segments would stay on the list for ever.",
    },
  );
}

/** What one could write about an orphan; `exports` are those of the config on its list. */
export function orphanHint(orphan: string, exports: readonly string[]): string {
  const names = exports.length === 0 ? ["NEW-NAME"] : exports;
  const renamings = names.map((name) => renaming(orphan, name)).join(" or ");
  return `${lettingGo(orphan)} lets it go${NAME.test(orphan) ? `; ${renamings} says what it is called now` : ""}.`;
}

/** Exports of the config that are recorded on the list of an orphan. */
export function exportsOnListOf(orphan: string, root: StateRoot, { exports }: Config): string[] {
  const list = exportState(root, orphan)?.list;
  return [...exports.keys()].filter((name) => {
    const own = exportState(root, name)?.list;
    return list !== undefined && own?.accountId === list.accountId && own.listId === list.listId;
  });
}

function renaming(orphan: string, name: string): string {
  return `\`moved: [{from: ${JSON.stringify(orphan)}, to: ${name === "NEW-NAME" ? name : JSON.stringify(name)}}]\``;
}

function lettingGo(orphan: string): string {
  return `\`removed: [{export: ${JSON.stringify(orphan)}, members: keep}]\` (or remove)`;
}
