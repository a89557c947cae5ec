import type { DestinationType } from "./connection.js";

/** What is wrong with the name of a list that is to be created, and what to do about it. */
export interface ListNameFault {
  readonly part: "name" | "folder";
  readonly message: string;
  readonly hint: string;
}

interface ListSpec {
  readonly name: string;
  readonly folder: string | undefined;
}

const SENDGRID_LONGEST = 100;
/** With `.unsubscribed.csv` behind it, file systems take no more. */
const FILE_MOST_BYTES = 238;

/** Line breaks, other control characters, and halves of characters. */
const UNWRITABLE = /[\p{Cc}\p{Zl}\p{Zp}\p{Cs}]/u;

/** Why a destination would not create a list of this name; undefined when it would. */
export function listNameFault(type: DestinationType, { name, folder }: ListSpec): ListNameFault | undefined {
  if (type === "file") return fileFault(name) ?? textFault("name", "The name of a list", name);
  const vendor = type === "brevo" ? "Brevo" : "SendGrid";
  return (
    textFault("name", `The name of a ${vendor} list`, name) ??
    (type === "sendgrid" ? sendgridFault(name, folder) : undefined) ??
    (folder === undefined ? undefined : textFault("folder", `The name of a ${vendor} folder`, folder))
  );
}

/** Whether a list of a file connection can be called so: its file has the name. */
export function isFileListName(name: string): boolean {
  return (
    /^[\p{L}\p{N}_][\p{L}\p{N}_. -]{0,99}$/u.test(name) &&
    !/(^|\.)unsubscribed$/.test(name) &&
    new TextEncoder().encode(name).length <= FILE_MOST_BYTES
  );
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

function textFault(part: ListNameFault["part"], what: string, text: string): ListNameFault | undefined {
  const hint = "Write it as people are to read it.";
  if (alikeName(text) === "") return { part, message: `${what} is empty.`, hint };
  if (text !== text.trim()) return { part, message: `${what} begins or ends with a space.`, hint };
  if (UNWRITABLE.test(text))
    return { part, message: `${what} holds a line break or another control character.`, hint };
  return undefined;
}

function sendgridFault(name: string, folder: string | undefined): ListNameFault | undefined {
  if (folder !== undefined)
    return {
      part: "folder",
      message: "SendGrid has no folders for lists.",
      hint: "Remove `folder` from the list.",
    };
  if (name.length <= SENDGRID_LONGEST) return undefined;
  return {
    part: "name",
    message: `The name of a SendGrid list has 1 to ${SENDGRID_LONGEST} characters.`,
    hint: `This one has ${name.length}; shorten it.`,
  };
}

function fileFault(name: string): ListNameFault | undefined {
  if (isFileListName(name)) return undefined;
  return {
    part: "name",
    message: "A list of a file connection is named like a file, without its .csv.",
    hint: "Use letters, digits, spaces, dots, dashes and underscores, a hundred at most, and not `unsubscribed`.",
  };
}
