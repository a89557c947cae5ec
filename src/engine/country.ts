import { createRequire } from "node:module";

const require = createRequire(import.meta.url);
const CODES = require("i18n-iso-countries/codes.json") as [alpha2: string, alpha3: string][];
const NAMES = (
  require("i18n-iso-countries/langs/en.json") as { countries: Record<string, string | string[]> }
).countries;

/** Names people write that the standard does not list. */
const COMMON: Readonly<Record<string, string>> = {
  usa: "US",
  uk: "GB",
  "great britain": "GB",
  england: "GB",
  holland: "NL",
};

let index: Map<string, string> | undefined;

/** ISO 3166-1 alpha-2 code of a country given as alpha-2, alpha-3 or English name; undefined when it is none. */
export function countryCode(country: string): string | undefined {
  index ??= buildIndex();
  return index.get(country.trim().toLowerCase());
}

function buildIndex(): Map<string, string> {
  const codes = new Map(Object.entries(COMMON));
  for (const [alpha2, alpha3] of CODES)
    codes.set(alpha2.toLowerCase(), alpha2).set(alpha3.toLowerCase(), alpha2);
  for (const [alpha2, names] of Object.entries(NAMES)) {
    for (const name of [names].flat()) codes.set(name.toLowerCase(), alpha2);
  }
  return codes;
}
