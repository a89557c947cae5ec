import { expect, test } from "vitest";
import { PHONE_FAULTS, phoneFault, phoneToE164 } from "../../../../src/engine/values/phone.ts";

test.each<[string, string | undefined, string]>([
  ["4915123456789", "DE", "a phone number that may have lost its plus"],
  ["٤٩١٥١٢٣٤٥٦٧٨٩", "DE", "a phone number that may have lost its plus"],
  ["۴۹۱۵۱۲۳۴۵۶۷۸۹", "DE", "a phone number that may have lost its plus"],
  ["４９１５１２３４５６７８９", "DE", "a phone number that may have lost its plus"],
  [
    "１５１２３４５６７８９．０",
    "DE",
    "a phone number that came as a decimal and may have lost its beginning",
  ],
  ["15123456789.0", "DE", "a phone number that came as a decimal and may have lost its beginning"],
  ["1.5e10", "DE", "a phone number that came as a decimal and may have lost its beginning"],
  ["+4915123456789.0", undefined, "a phone number that came as a decimal and may have lost its beginning"],
  ["0711 1234567", "D", "a phone number whose country is not known"],
  ["0711 1234567", "Atlantis", "a phone number whose country is not known"],
  ["0711 1234567", undefined, "not a valid phone number"],
  ["0711 1234567", " ", "not a valid phone number"],
  ["12", "DE", "not a valid phone number"],
])("%j in %j is %s", (number, country, fault) => {
  expect(phoneToE164(number, country)).toBeNull();
  expect(PHONE_FAULTS[phoneFault(number, country)]).toBe(fault);
});

test.each(["＋４９１５１２３４５６７８９", "+٤٩١٥١٢٣٤٥٦٧٨٩", "٠١٥١٢٣٤٥٦٧٨٩"])(
  "%s is +4915123456789",
  (number) => expect(phoneToE164(number, "DE")).toBe("+4915123456789"),
);

test("a number with its country needs no default country", () =>
  expect(phoneToE164("+4915123456789", "Atlantis")).toBe("+4915123456789"));
