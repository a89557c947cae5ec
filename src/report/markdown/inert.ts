import { toOneLine } from "../layout/printable.js";

/** Invisible, no letter, and no break: what stands on its two sides is no longer one word. */
const JOINER = "\u2060";

/** Characters that begin a mention, a reference, an emoji or a link with what follows them. */
const SIGILS = /[@#!$~%^&:](?=\S)/g;
/** Keys of trackers, such as ABC-123. */
const KEYS = /-(?=\d)/g;
const WWW = /www(?=\.)/gi;
/** Looks like a commit. */
const HEX = /[0-9a-f]{7,}/gi;
const SYNTAX = /[\\`*_[\]<>&|~$]/g;
const NEEDS_TAG = /[`|\\]/;
/** Between backticks our own messages name keys and commands. */
const CODE = /(`[^`]+`)/;

/**
 * Text of others that stays text in Markdown and HTML alike, in a paragraph, a
 * table cell or a `<summary>`: no mark-up, no link, no mention, no reference to
 * an issue. On one line. Must not begin a line, where `-` and `1.` mean a list.
 */
export function inertText(text: string, most?: number): string {
  return toOneLine(text, most)
    .replace(SIGILS, `$&${JOINER}`)
    .replace(KEYS, `$&${JOINER}`)
    .replace(WWW, `$&${JOINER}`)
    .replace(HEX, (run) => run.replace(/.{6}(?=.)/g, `$&${JOINER}`))
    .replace(SYNTAX, (character) => `&#${character.charCodeAt(0)};`);
}

/** A name as code. Forges look for neither mentions nor links in code, so that it can be copied as it is. */
export function code(text: string, most?: number): string {
  const line = toOneLine(text, most);
  return NEEDS_TAG.test(line) || line.trim() === "" ? codeTag(text, most) : `\`${line}\``;
}

/** The same where Markdown is not read, as in a `<summary>`. */
export function codeTag(text: string, most?: number): string {
  return `<code>${inertText(text, most)}</code>`;
}

/** A message: what it sets between backticks becomes code, the rest inert text. */
export function prose(text: string, most = 1000): string {
  return toOneLine(text, most)
    .split(CODE)
    .map((part, index) => (index % 2 === 1 ? code(part.slice(1, -1), most) : inertText(part, most)))
    .join("");
}
