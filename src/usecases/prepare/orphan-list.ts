import type { Config } from "../../model/config.js";
import type { Export } from "../../model/export.js";
import { Failure } from "../../model/failure.js";
import type { ListInfo } from "../../plugin/destination.js";
import { exportState, type StateRoot } from "../../state/root.js";

/** A name that `moved` takes: what is left of an export on a list that it has left has another. */
const NAME = /^[A-Za-z][\w-]*$/;

/**
 * Throws for a new export on the very list of a recorded one of which the config says nothing: most likely it is
 * that one with another name. Its people would count as found there, and whoever leaves would stay for ever.
 */
export function mustNotTakeOver(
  root: StateRoot,
  orphans: readonly string[],
  wanted: Export,
  accountKey: string,
  list: ListInfo | undefined,
): void {
  const on = orphans.find((name) => {
    const recorded = exportState(root, name)?.list;
    return list !== undefined && recorded?.accountId === accountKey && recorded.listId === list.id;
  });
  if (on !== undefined) throw takenOver(wanted.name, on, list?.id ?? "");
}

/** What is said of that, with the blocks that settle it. */
export function takenOver(name: string, orphan: string, listId: string): Failure {
  return new Failure(
    "refused",
    `Export "${name}" is new, and its list ${listId} is that of "${orphan}", which was applied and is no longer in the configuration.`,
    {
      hint:
        (NAME.test(orphan)
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
