import { distance } from "fastest-levenshtein";

/** The word that was probably meant, if one is near enough. */
export function nearest(word: string, known: Iterable<string>): string | undefined {
  const wanted = word.toLowerCase();
  let best: { word: string; distance: number } | undefined;
  for (const candidate of known) {
    const away = distance(wanted, candidate.toLowerCase());
    if (best === undefined || away < best.distance) best = { word: candidate, distance: away };
  }
  const limit = Math.ceil(word.length * 0.4);
  return best !== undefined && best.distance <= limit ? best.word : undefined;
}

/** ``Did you mean `x`?``, or else the words there are to choose from. */
export function suggestion(word: string, known: readonly string[], what: string): string | undefined {
  const near = nearest(word, known);
  if (near !== undefined) return `Did you mean \`${near}\`?`;
  if (known.length === 0) return `There is no ${what} yet.`;
  return `Known: ${known.slice(0, 20).join(", ")}${known.length > 20 ? ", …" : ""}.`;
}
