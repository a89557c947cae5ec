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

/** ISO 3166-1 alpha-2 code of a country given as alpha-2, alpha-3 or English name; undefined when it is none. */
export function countryCode(country: string): string | undefined {
  index ??= buildIndex();
  return index.get(country.trim().toLowerCase());
}

function buildIndex(): Map<string, string> {
  const codes = new Map(Object.entries(COMMON));
  for (const [alpha2, ...others] of COUNTRIES)
    for (const text of [alpha2, ...others]) codes.set(text.toLowerCase(), alpha2);
  return codes;
}
