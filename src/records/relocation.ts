import type { Config } from "../model/config/config.js";
import type { Export, Limit } from "../model/config/export.js";
import { Failure } from "../model/failure.js";
import type { Members, Relocated } from "../model/config/moved.js";
import type { ListInfo } from "../plugin/destination.js";
import { exportState, type ExportState, type ListIdentity, type StateRoot } from "../state/root/root.js";
import { howBegun } from "./how-begun.js";
import { relocationBlock, removalBlock } from "./record-blocks.js";
import { departedName } from "./transition.js";

/** An export that leaves the list of its record. */
export interface Relocation {
  readonly from: ListIdentity;
  /** The name under which its claims on that list go on, where they do. */
  readonly departed: string;
  readonly oldMembers: Members;
  readonly maxRemovals: Limit | undefined;
}

/** What of config and record says where an export goes. */
export interface RelocationContext {
  readonly config: Pick<Config, "moved" | "environment" | "disabled">;
  readonly root: Pick<StateRoot, "exports" | "accounts">;
}

/** An export as far as its list is concerned. */
type ListedExport = Pick<Export, "name" | "list">;

/** A list as the account has it. */
type FoundList = Pick<ListInfo, "id" | "name">;

/** Whether an export goes to another list than the record says; throws unless a `moved` block says that it does. */
export function relocationOf(
  { config, root }: RelocationContext,
  wanted: ListedExport,
  applied: Pick<ExportState, "list" | "formerLists" | "lastRun">,
  accountKey: string,
  list: FoundList | undefined,
): Relocation | undefined {
  const from = applied.list;
  if (from.accountId !== accountKey) throw otherAccount(wanted, from.accountId, accountKey, config);
  if (list?.id === from.listId) return undefined;
  const block = wayTo(config, wanted, from, list);
  if (block === undefined) {
    const way = wayFrom(config, wanted, from);
    const begun = howBegun([applied], root);
    const has = begun === "adopted" ? begun : `was ${begun} to`;
    if (list === undefined) throw listIsGone(wanted, from, way, has);
    throw applied.formerLists?.includes(list.id) === true
      ? older(wanted, from, list, way)
      : otherList(wanted, from, list, way, has);
  }
  const departed = departedName(wanted.name, from.listId);
  if (block.oldMembers === "remove" && exportState(root, departed) !== undefined) {
    throw new Failure(
      "refused",
      `Export "${wanted.name}" has left list ${from.listId} before, and not all of those people are off it.`,
      {
        hint: `Apply ${removalBlock([departed], config)} (or remove) first.`,
      },
    );
  }
  return { from, departed, oldMembers: block.oldMembers, maxRemovals: block.maxRemovals };
}

/** The block that leaves the recorded list, when it and those after it lead to the wanted one. */
function wayTo(
  { moved }: RelocationContext["config"],
  wanted: ListedExport,
  from: ListIdentity,
  list: FoundList | undefined,
): Relocated | undefined {
  const own = moved.filter((block): block is Relocated => "export" in block && block.export === wanted.name);
  const ends = [list?.id, list?.name, "name" in wanted.list ? wanted.list.name : undefined];
  const first =
    own.find(({ fromList }) => fromList === from.listId) ??
    own.find(({ fromList }) => fromList === from.name);
  let step = first;
  for (let steps = 0; step !== undefined && steps <= own.length; steps++) {
    const { toList } = step;
    if (ends.includes(toList)) return first;
    step = own.find(({ fromList }) => fromList === toList);
  }
  return undefined;
}

function otherList(
  { name }: ListedExport,
  from: ListIdentity,
  list: FoundList,
  way: string,
  has: string,
): Failure {
  return new Failure(
    "refused",
    `Export "${name}" ${has} list ${from.listId} and now points at list ${list.id}.`,
    {
      hint: `If it is to go there, say what becomes of the people on the old list: ${way} (or remove).`,
    },
  );
}

/** Made again it would be empty, while everybody counts as delivered. */
function listIsGone({ name, list }: ListedExport, from: ListIdentity, way: string, has: string): Failure {
  const wanted = "name" in list ? list.name : list.id;
  return new Failure(
    "not-found",
    `Export "${name}" ${has} list ${from.listId}, and there is no list called "${wanted}".`,
    {
      hint: `If its name changed, write \`list: ${from.listId}\`. If a new list is meant, write ${way}.`,
    },
  );
}

function older({ name }: ListedExport, from: ListIdentity, list: FoundList, way: string): Failure {
  return new Failure(
    "stale",
    `Export "${name}" was moved from list ${list.id} to list ${from.listId}; this configuration is older than that.`,
    {
      hint: `Take the newer configuration. To go back, write ${way} (or remove).`,
    },
  );
}

function otherAccount(
  { name }: ListedExport,
  from: string,
  to: string,
  config: RelocationContext["config"],
): Failure {
  return new Failure("refused", `Export "${name}" was applied to account ${from} and now points at ${to}.`, {
    hint: `Another account is another export: give it a new name, and say what becomes of the old one: ${removalBlock([name], config)} (or remove).`,
  });
}

/** The block that leads there from the recorded list, each list as the other blocks and the export call it. */
function wayFrom(
  config: RelocationContext["config"],
  { name, list }: ListedExport,
  from: ListIdentity,
): string {
  const earlier = config.moved.some(
    (block) => "export" in block && block.export === name && block.toList === from.name,
  );
  const fromList = earlier ? (from.name ?? from.listId) : from.listId;
  return relocationBlock(name, { fromList, toList: "name" in list ? list.name : list.id }, config);
}
