/** A part of a document that can be shortened: what it consists of, each item whole and balanced in itself. */
export interface Section {
  readonly open: string;
  readonly items: readonly string[];
  /** What stands between two items. */
  readonly between: string;
  readonly close: string;
  /** Said in place of so many items that do not fit. */
  readonly more: (left: number) => string;
  /** How much of the room it may take before the others had theirs, from 0 to 1. */
  readonly share: number;
}

/**
 * A document of at most `limit` characters. What comes first and last always
 * survives; the sections between give way, the last ones first, item by item,
 * so that no fence and no fold is ever cut open.
 */
export function fitDocument(
  { head, sections, tail }: { head: string; sections: readonly Section[]; tail: string },
  limit: number,
): string {
  const used = sections.filter(({ items }) => items.length > 0);
  const taken = used.map(() => 0);
  const size = (): number => document(head, used, taken, tail).length;
  const sizes = used.map(({ items, between }) => items.map((item) => item.length + between.length));
  let room = limit - size();
  const total = room;
  const take = (index: number, most: number): void => {
    let own = most;
    for (const cost of sizes[index]?.slice(taken[index]) ?? []) {
      if (cost > own || cost > room) return;
      own -= cost;
      room -= cost;
      taken[index] = (taken[index] ?? 0) + 1;
    }
  };
  for (const [index, { share }] of used.entries()) take(index, total * share);
  for (const index of used.keys()) take(index, Number.POSITIVE_INFINITY);
  return document(head, used, taken, tail);
}

function document(
  head: string,
  sections: readonly Section[],
  taken: readonly number[],
  tail: string,
): string {
  const parts = sections.map(({ open, items, between, close, more }, index) => {
    const shown = items.slice(0, taken[index]);
    const left = items.length - shown.length;
    return `${open}${shown.join(between)}${left === 0 ? "" : more(left)}${close}`;
  });
  return `${[head, ...parts, tail].join("\n\n")}\n`;
}
