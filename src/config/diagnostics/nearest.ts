import { distance } from "fastest-levenshtein";

/** Names are shorter, and the time it takes to compare two words grows with the product of their lengths. */
const LONGEST_WORD = 100;
const MOST_CANDIDATES = 1000;
const MOST_NAMED = 20;

/** The word that was probably meant, if one is near enough. */
export function findNearest(word: string, known: Iterable<string>): string | undefined {
  if (word.length > LONGEST_WORD) return undefined;
  const wanted = word.toLowerCase();
  const limit = Math.ceil(word.length * 0.4);
  let looked = 0;
  let best: { word: string; distance: number } | undefined;
  for (const candidate of known) {
    if (++looked > MOST_CANDIDATES) break;
    if (Math.abs(candidate.length - word.length) > limit) continue;
    const away = distance(wanted, candidate.toLowerCase());
    if (best === undefined || away < best.distance) best = { word: candidate, distance: away };
  }
  return best !== undefined && best.distance <= limit ? best.word : undefined;
}

/** ``Did you mean `x`?``, or else the words there are to choose from. */
export function suggestionFor(word: string, known: Iterable<string>, what: string): string {
  const some: string[] = [];
  for (const one of known) if (some.push(one) === MOST_CANDIDATES) break;
  const near = findNearest(word, some);
  if (near !== undefined) return `Did you mean \`${near}\`?`;
  if (some.length === 0) return `There is no ${what} yet.`;
  return `Known: ${some.slice(0, MOST_NAMED).join(", ")}${some.length > MOST_NAMED ? ", …" : ""}.`;
}
