import { expect, test } from "vitest";
import { COUNTRIES } from "../../../../src/engine/values/countries.js";
import { countryCode } from "../../../../src/engine/values/country.js";

test.each([
  ["DE", "DE"],
  [" deu ", "DE"],
  ["germany", "DE"],
  ["UNITED STATES OF AMERICA", "US"],
  ["usa", "US"],
  ["Holland", "NL"],
  ["Türkiye", "TR"],
  ["turkey", "TR"],
  ["Kosovo", "XK"],
  ["Deutschland", "DE"],
  ["ALLEMAGNE", "DE"],
  ["Alemania", "DE"],
  ["Österreich", "AT"],
  ["Schweiz", "CH"],
  ["Suisse", "CH"],
  ["Sverige", "SE"],
  ["日本", "JP"],
  // Which country is meant, nobody says.
  ["D", undefined],
  ["Korea", undefined],
  ["Atlantis", undefined],
  ["", undefined],
])("%j is the country %s", (text, code) => expect(countryCode(text)).toBe(code));

test("no name means two countries, and Node's own list agrees", () => {
  const english = new Intl.DisplayNames("en", { type: "region", fallback: "none" });
  for (const [alpha2, ...others] of COUNTRIES) {
    expect([alpha2, ...others].map(countryCode), `${alpha2} ${others.join(", ")}`).toEqual(
      [alpha2, ...others].map(() => alpha2),
    );
    const name = english.of(alpha2) ?? "unknown";
    expect([alpha2, undefined]).toContain(countryCode(name));
    expect(name).not.toBe("unknown");
  }
  expect(new Set(COUNTRIES.map(([alpha2]) => alpha2)).size).toBe(250);
});
