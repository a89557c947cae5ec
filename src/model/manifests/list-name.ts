/** What is wrong with the name of a list that is to be created, and what to do about it. */
export interface ListNameFault {
  readonly part: "name" | "folder";
  readonly message: string;
  readonly hint: string;
}

/** A list that is to be created. */
export interface ListSpec {
  readonly name: string;
  readonly folder: string | undefined;
}

/** Line breaks, other control characters, and halves of characters. */
const UNWRITABLE = /[\p{Cc}\p{Zl}\p{Zp}\p{Cs}]/u;

/** Why a text is not a name that people can read; `what` it would be the name of. */
export function unreadableNameFault(
  part: ListNameFault["part"],
  what: string,
  text: string,
): ListNameFault | undefined {
  const hint = "Write it as people are to read it.";
  if (alikeName(text) === "") return { part, message: `${what} is empty.`, hint };
  if (text !== text.trim()) return { part, message: `${what} begins or ends with a space.`, hint };
  if (UNWRITABLE.test(text))
    return { part, message: `${what} holds a line break or another control character.`, hint };
  return undefined;
}

/** The same text for names that people, and some destinations, do not tell apart. */
export function alikeName(name: string): string {
  return name
    .normalize("NFKC")
    .replaceAll(/\p{Cf}/gu, "")
    .replaceAll(/\s+/gu, " ")
    .trim()
    .toLowerCase();
}
