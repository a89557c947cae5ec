import { createRequire } from "node:module";
import { isSupportedCountry, parsePhoneNumberFromString, type CountryCode } from "libphonenumber-js/min";
import { countryCode } from "./country.js";

const { version } = createRequire(import.meta.url)("libphonenumber-js/package.json") as { version: string };

/** Part of the input hash: new metadata may read the same number differently. */
export const PHONE_METADATA_VERSION = version;

/** A phone number as people write it, in E.164; null when it is not a valid number. */
export function phoneToE164(number: string, country: string | undefined): string | null {
  const code = country === undefined ? undefined : countryCode(country);
  const region = code !== undefined && isSupportedCountry(code) ? code : undefined;
  const parsed = parsePhoneNumberFromString(number, region);
  if (parsed === undefined) return null;
  if (parsed.isValid()) return parsed.number;
  return withoutTrunkZero(number, region);
}

/**
 * `+49 0711 …`: the national trunk zero written after the country code, common
 * in customer data. Dropped only when the number is invalid with it.
 */
function withoutTrunkZero(number: string, region: CountryCode | undefined): string | null {
  const parsed = parsePhoneNumberFromString(number, region);
  if (parsed === undefined || !parsed.nationalNumber.startsWith("0")) return null;
  const again = parsePhoneNumberFromString(`+${parsed.countryCallingCode}${parsed.nationalNumber.slice(1)}`);
  return again?.isValid() === true ? again.number : null;
}
