/**
 * Control characters, and those that turn round, hide or break what one reads.
 * Line ends and tabs are left to the caller. Joiners and variants stay: scripts and emoji are written with them.
 */
const TELLING =
  /(?!\n|\t|\p{Join_Control}|\p{Variation_Selector})[\p{Cc}\p{Default_Ignorable_Code_Point}\u2028\u2029\uFFF9-\uFFFB]/gu;
/** What the palette writes: bold, dim, a colour, and back. */
// oxlint-disable-next-line no-control-regex
const OURS = /\u001B\[(?:1|2|22|31|32|33|36|39)m/g;

/**
 * Text that is safe on a terminal: whatever came from a vendor or from data
 * can neither move the cursor nor reorder what is read. Spelled out, not
 * dropped, so that one sees that something is there.
 */
export function escapeForScreen(text: string, colours: boolean): string {
  if (!colours) return spelled(text);
  const codes = text.match(OURS) ?? [];
  return text
    .split(OURS)
    .map((part, index) => spelled(part) + (codes[index] ?? ""))
    .join("");
}

/** The same on one line and not too long, for names that others gave. */
export function toOneLine(text: string, most = 200): string {
  const flat = spelled(text.slice(0, most * 2)).replaceAll(/[\n\t]/g, spell);
  return flat.length > most ? `${flat.slice(0, most)}…` : flat;
}

/** JSON means the same with these characters written as escapes, and a terminal shows the escapes. */
export function escapeJsonForScreen(json: string): string {
  // `##vso[` anywhere in a line is a command to the runner of Azure Pipelines.
  return json
    .replaceAll("##", "#\\u0023")
    .replaceAll(TELLING, (found) =>
      [...Array(found.length).keys()]
        .map((index) => `\\u${found.charCodeAt(index).toString(16).padStart(4, "0")}`)
        .join(""),
    );
}

function spelled(text: string): string {
  return text.replaceAll("\r\n", "\n").replaceAll(TELLING, spell);
}

function spell(found: string): string {
  return `\\u{${(found.codePointAt(0) ?? 0).toString(16)}}`;
}
