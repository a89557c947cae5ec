import { COUNTRIES } from "./countries.js";

/** Names people write that the standard does not list. */
const COMMON: Readonly<Record<string, string>> = {
  usa: "US",
  uk: "GB",
  "great britain": "GB",
  england: "GB",
  holland: "NL",
};

let index: Map<string, string> | undefined;

/** In these languages, and in its own ones, each country has a name that people write. */
const LANGUAGES = ["de", "fr", "es", "it", "nl", "pl", "pt"];

/** ISO 3166-1 alpha-2 code of a country given as alpha-2, alpha-3 or name; undefined when it is not one, or may mean several. */
export function countryCode(country: string): string | undefined {
  index ??= buildIndex();
  return index.get(country.trim().toLowerCase());
}

function buildIndex(): Map<string, string> {
  const codes = new Map(Object.entries(COMMON));
  for (const [alpha2, ...others] of COUNTRIES)
    for (const text of [alpha2, ...others]) codes.set(text.toLowerCase(), alpha2);
  for (const [name, code] of namesElsewhere()) if (!codes.has(name)) codes.set(name, code);
  return codes;
}

/** Names in other languages, without those that are two countries' names. */
function namesElsewhere(): Map<string, string> {
  const names = new Map<string, string>();
  const shared = new Set<string>();
  for (const [alpha2] of COUNTRIES) {
    const own = new Intl.Locale(`und-${alpha2}`).maximize().language;
    for (const language of [...LANGUAGES, own]) {
      const name = namesIn(language).of(alpha2)?.toLowerCase();
      if (name === undefined) continue;
      if ((names.get(name) ?? alpha2) !== alpha2) shared.add(name);
      names.set(name, alpha2);
    }
  }
  for (const name of shared) names.delete(name);
  return names;
}

const displayNames = new Map<string, Intl.DisplayNames>();

function namesIn(language: string): Intl.DisplayNames {
  const known =
    displayNames.get(language) ?? new Intl.DisplayNames(language, { type: "region", fallback: "none" });
  displayNames.set(language, known);
  return known;
}
