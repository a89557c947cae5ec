import { escapeForScreen } from "../layout/printable.js";

const ENTITIES: Readonly<Record<string, string>> = {
  "&": "&amp;",
  "<": "&lt;",
  ">": "&gt;",
  '"': "&quot;",
};

/** HTML that may be in a page as it is. Only `html` makes it. */
export class Markup {
  readonly text: string;
  constructor(text: string) {
    this.text = text;
  }
}

type Part = string | number | Markup | readonly Markup[];

/**
 * HTML in which every text that is put in is escaped; mark-up that was made the
 * same way is not. Attributes are between double quotes.
 */
export function html(strings: TemplateStringsArray, ...parts: readonly Part[]): Markup {
  return new Markup(
    strings.map((text, index) => text + (index < parts.length ? written(parts[index] ?? "") : "")).join(""),
  );
}

/** One after the other. */
export function joinMarkup(parts: readonly Markup[], between = ""): Markup {
  return new Markup(parts.map(({ text }) => text).join(between));
}

function written(part: Part): string {
  if (part instanceof Markup) return part.text;
  if (typeof part === "object") return joinMarkup(part).text;
  return escapeForScreen(String(part), false).replace(/[&<>"]/g, (character) => ENTITIES[character] ?? "");
}
