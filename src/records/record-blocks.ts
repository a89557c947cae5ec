import type { Config } from "../model/config/config.js";
import { currentName } from "./transition.js";

/** What decides where a block goes: it is accepted by the checks of every environment. */
type BlockContext = Pick<Config, "environment" | "disabled" | "moved">;

/** A name that `moved` takes: what is left of an export on a list that it has left has another. */
const NAME = /^[A-Za-z][\w-]*$/;

/** Stands for a name that somebody has to choose. */
export const NEW_NAME = "NEW-NAME";

/** Names that YAML takes for something else. */
const WORDS = /^(?:true|false|null)$/i;

/** The block that says what an export of the record is called now; undefined where another says it, or nothing can. */
export function renamingBlock(from: string, to: string, around: BlockContext): string | undefined {
  if (!NAME.test(from) || currentName(from, around) !== from) return undefined;
  const block = `{from: ${JSON.stringify(from)}, to: ${to === NEW_NAME ? to : JSON.stringify(to)}}`;
  return placed("moved", [block], isElsewhere([from], around) ? around.environment : undefined);
}

/** The block that lets exports of the record go, by what they are called now. */
export function removalBlock(
  recorded: readonly string[],
  around: BlockContext,
  members: "keep" | "remove" = "keep",
): string {
  const names = [...new Set(recorded.map((name) => currentName(name, around)))];
  const blocks = names.map((name) => `{export: ${JSON.stringify(name)}, members: ${members}}`);
  return placed("removed", blocks, isElsewhere(names, around) ? around.environment : undefined);
}

/** The block that takes an export to another list, for the environment whose list it is. */
export function relocationBlock(
  name: string,
  { fromList, toList }: { readonly fromList: string; readonly toList: string },
  { environment }: Pick<Config, "environment">,
): string {
  const block = `{export: ${plain(name)}, fromList: ${JSON.stringify(fromList)}, toList: ${JSON.stringify(toList)}, oldMembers: keep}`;
  return placed("moved", [block], environment);
}

function plain(name: string): string {
  return WORDS.test(name) ? JSON.stringify(name) : name;
}

/** An export that other environments have is spoken of in this one alone. */
function isElsewhere(names: readonly string[], { disabled }: BlockContext): boolean {
  return names.some((name) => disabled.has(name));
}

function placed(
  section: "moved" | "removed",
  blocks: readonly string[],
  environment: string | undefined,
): string {
  const list = `${section}: [${blocks.join(", ")}]`;
  return environment === undefined ? `\`${list}\`` : `\`environments: {${environment}: {${list}}}\``;
}
