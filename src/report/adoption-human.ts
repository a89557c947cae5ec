import type { Adoption, AdoptionKind } from "../model/reports/adoption.js";
import type { Palette } from "./layout/palette.js";
import { formatCount, counted } from "./layout/quantity.js";
import { padLeft, padRight, widestLength, wrap } from "./layout/text.js";

/** What taking a list over means, before it is done. */
export function adoptionHuman(adoption: Adoption, paint: Palette): string {
  const { counts, list, samples } = adoption;
  const where = `${adoption.type} connection ${adoption.connection} → list “${list.name}” (${counted(counts.members, "member")})`;
  const lines = [paint.strong(paint.accent(adoption.export)), ...wrap("  ", where).map(paint.quiet), ""];
  const rows = lists(adoption).filter(({ value }) => value > 0);
  const width = Math.max(7, widestLength(rows.map(({ value }) => formatCount(value))));
  for (const { mark, value, word, about } of rows) {
    const start = `  ${mark} ${padLeft(formatCount(value), width)} ${padRight(word, 10)}  `;
    const [first = "", ...rest] = wrap(start, about);
    lines.push((mark === "+" ? paint.add : paint.quiet)(start) + first.slice(start.length), ...rest);
  }
  const longest = Math.min(44, widestLength(samples.map(({ address }) => address)));
  if (samples.length > 0)
    lines.push(
      "",
      ...samples.map(
        ({ kind, address }) =>
          `    ${paint.add("+")} ${padRight(address, longest)}  ${paint.quiet(WORDS[kind])}`,
      ),
    );
  lines.push("", ...removals(adoption, paint), ...wrap("", adoptionSentence(adoption)).map(paint.strong));
  return `${lines.join("\n")}\n`;
}

/** The sentence that ends it. */
export function adoptionSentence({ counts }: Adoption): string {
  return counts.adopts === 0
    ? "Nobody to adopt."
    : `${counted(counts.adopts, "member")} to adopt. Nothing is sent; only the record changes.`;
}

const WORDS: Readonly<Record<AdoptionKind, string>> = {
  found: "found there before",
  wanted: "in the segments",
  stranger: "not in the segments",
};

interface Row {
  readonly mark: "+" | "=";
  readonly value: number;
  readonly word: string;
  readonly about: string;
}

function lists({ counts, onlyDesired }: Adoption): Row[] {
  const skipped = onlyDesired ? counts.found + counts.wanted + counts.strangers - counts.adopts : 0;
  const strangers = onlyDesired ? 0 : counts.strangers;
  return [
    {
      mark: "+",
      value: counts.adopts - counts.wanted - strangers,
      word: "found",
      about: "there before us, removed on leaving from now on",
    },
    { mark: "+", value: counts.wanted, word: "wanted", about: "in the segments, claimed by no export" },
    {
      mark: "+",
      value: strangers,
      word: strangers === 1 ? "stranger" : "strangers",
      about: "not in the segments, claimed by no export",
    },
    { mark: "=", value: skipped, word: "not wanted", about: "left alone, because of --only-desired" },
    { mark: "=", value: counts.ours, word: "ours", about: "already" },
    { mark: "=", value: counts.others, word: "another's", about: "claimed by another export, left alone" },
    { mark: "=", value: counts.optedOut, word: "opted out", about: "left alone" },
    { mark: "=", value: counts.forgotten, word: "forgotten", about: "left alone" },
    {
      mark: "=",
      value: counts.unsettled,
      word: "unsettled",
      about: "unknown outcome, rejected, or taken off before: left alone",
    },
  ];
}

/** The surprise that nobody must have afterwards. */
function removals({ counts, mode }: Adoption, paint: Palette): string[] {
  if (counts.adopts === 0) return [];
  if (mode !== "mirror") {
    const text = `Mode ${mode} removes nobody. A switch to mirror would remove those who are not in the segments.`;
    return [...wrap("", text).map(paint.quiet), ""];
  }
  if (counts.wouldRemove === 0) return [];
  const text = `! The next apply would remove ${formatCount(counts.wouldRemove)} of them from the list, because they are not in the segments. With --only-desired they are left alone.`;
  return [...wrap("", text).map(paint.warn), ""];
}
