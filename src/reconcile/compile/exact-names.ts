import type { ConsentRule, Export } from "../../model/config/export.js";
import type { Segment } from "../../model/config/segment.js";
import { identifier } from "../../plugin/relation.js";
import { isPlainName } from "./expression.js";

/** What is known of columns where a text stands that is a column's name or SQL. */
export interface KnownColumns {
  /** Whether a column is called so, as far as that can be seen; undefined when it cannot. */
  has(name: string): boolean | undefined;
  /** How many commas are in the names for which `has` is true, the most first. */
  readonly commas: readonly number[];
  /** Whether a text is SQL at all. */
  parses(sql: string): Promise<boolean>;
}

/** Without quotes, parentheses and comparisons: where that is not SQL, nobody meant it as such. */
const NAME_LIKE = /^[^"'`()[\]{},;=<>|+*]+$/u;
const HYPHENATED = /^[\p{L}_][\p{L}\p{M}\p{N}_]*(?:-[\p{L}\p{M}\p{N}_]+)+$/u;

/** The SQL of a text: an exact name of a column first, SQL second. */
export async function resolveText(text: string, columns: KnownColumns, inOrder = false): Promise<string> {
  // Where one value is meant, a plain name is taken for a column whatever SQL makes of it; an order is SQL as a whole.
  if (isPlainName(text)) return inOrder ? identifier(text) : text;
  const has = columns.has(text);
  if (has === true) return identifier(text);
  // Without a look at the columns: a difference is not an address, no id and no consent.
  if (has === undefined && !inOrder && HYPHENATED.test(text)) return identifier(text);
  if (NAME_LIKE.test(text) && !(await columns.parses(text))) return identifier(text);
  return text;
}

const DIRECTION = /^(.*?)((?:\s+(?:asc|desc))?(?:\s+nulls\s+(?:first|last))?)$/isu;

/** The same for what a segment is ordered by: names may be beside each other, each with its direction. */
export async function resolveOrder(text: string, columns: KnownColumns): Promise<string> {
  const parts = text.split(",");
  const terms: string[] = [];
  for (let at = 0; at < parts.length;) {
    const named = nameAt(parts, at, columns);
    const end = named?.end ?? endOfTerm(parts, at);
    terms.push(named?.sql ?? (await exactTerm(parts.slice(at, end).join(",").trim(), columns)));
    at = end;
  }
  const exact = terms.join(", ");
  return exact === parts.map((part) => part.trim()).join(", ") ? text : exact;
}

/** The longest name of a column that begins there: it may have commas in it, and what looks like a direction. */
function nameAt(
  parts: readonly string[],
  from: number,
  columns: KnownColumns,
): { sql: string; end: number } | undefined {
  for (const commas of columns.commas) {
    const end = from + commas + 1;
    if (end > parts.length) continue;
    const term = parts.slice(from, end).join(",").trim();
    const [, name = "", direction = ""] = DIRECTION.exec(term) ?? [];
    if (!isPlainName(term) && columns.has(term) === true) return { sql: identifier(term), end };
    if (!isPlainName(name) && columns.has(name) === true)
      return { sql: `${identifier(name)}${direction}`, end };
  }
  return undefined;
}

/** Where the term of SQL ends that begins there: not at a comma inside of quotes or parentheses. */
function endOfTerm(parts: readonly string[], from: number): number {
  let open = 0;
  let quote = "";
  for (let at = from; at < parts.length; at += 1) {
    for (const [sign] of parts[at]?.matchAll(/["'()]/g) ?? []) {
      if (quote !== "") quote = sign === quote ? "" : quote;
      else if (sign === "(") open += 1;
      else if (sign === ")") open -= 1;
      else quote = sign;
    }
    if (quote === "" && open <= 0) return at + 1;
  }
  return parts.length;
}

async function exactTerm(term: string, columns: KnownColumns): Promise<string> {
  const [, name = "", direction = ""] = DIRECTION.exec(term) ?? [];
  return `${await resolveText(name, columns, true)}${direction}`;
}

function nameIn(term: string): string | undefined {
  const name = DIRECTION.exec(term.trim())?.[1] ?? "";
  return name === "" ? undefined : name;
}

/** For texts that are plain names, so that no columns need to be looked at. */
export const UNSEEN: KnownColumns = {
  has: () => undefined,
  commas: [],
  parses: () => Promise.resolve(true),
};

/** Whether none of these can be anything but plain names. */
export function isPlain(...texts: readonly (string | undefined)[]): boolean {
  return texts.every((text) => text === undefined || isPlainName(text));
}

/** The same for names with their directions. */
export function isPlainOrder(text = ""): boolean {
  return text.split(",").every((term) => isPlain(nameIn(term)));
}

export async function resolveSegment(segment: Segment, columns: KnownColumns): Promise<Segment> {
  const { email, orderBy } = segment;
  return {
    ...segment,
    email: email === undefined ? undefined : await resolveText(email, columns),
    orderBy: orderBy === undefined ? undefined : await resolveOrder(orderBy, columns),
  };
}

export async function resolveExport<Kind extends Pick<Export, "match" | "consent">>(
  wanted: Kind,
  columns: KnownColumns,
): Promise<Kind> {
  const { match, consent } = wanted;
  return {
    ...wanted,
    match: {
      email: await resolveText(match.email, columns),
      id: match.id === undefined ? undefined : await resolveText(match.id, columns),
    },
    consent: await exactConsent(consent, columns),
  };
}

async function exactConsent(
  rule: ConsentRule | undefined,
  columns: KnownColumns,
): Promise<ConsentRule | undefined> {
  return typeof rule === "string" ? resolveText(rule, columns) : rule;
}
