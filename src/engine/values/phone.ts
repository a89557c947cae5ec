import { createRequire } from "node:module";
import {
  getCountryCallingCode,
  isSupportedCountry,
  parsePhoneNumberFromString,
  type CountryCode,
} from "libphonenumber-js/min";
import { countryCode } from "./country.js";

const { version } = createRequire(import.meta.url)("libphonenumber-js/package.json") as { version: string };

/** Part of the input hash: new metadata, or another reading of ours, may read the same number differently. */
export const PHONE_METADATA_VERSION = `${version} 2`;

/** Why something is not a number that is sent. */
export const PHONE_FAULTS = [
  "not a valid phone number",
  "a phone number that may have lost its plus",
  "a phone number that came as a decimal and may have lost its beginning",
  "a phone number whose country is not known",
] as const;

/** A phone number as people write it, in E.164; null when it is not a valid number, or may be another one. */
export function phoneToE164(number: string, country: string | undefined): string | null {
  const read = readPhone(inAsciiDigits(number), country);
  return typeof read === "string" ? read : null;
}

/** Place in `PHONE_FAULTS` of what is wrong with a number. */
export function phoneFault(number: string, country: string | undefined): number {
  const read = readPhone(inAsciiDigits(number), country);
  return typeof read === "string" ? 0 : read;
}

/** The library reads fullwidth and Arabic digits and a fullwidth plus as well, so what is asked of a number is asked of those. */
function inAsciiDigits(number: string): string {
  return number
    .normalize("NFKC")
    .replaceAll(/[\u0660-\u0669\u06f0-\u06f9]/g, (digit) => String((digit.codePointAt(0) ?? 0) & 15));
}

function readPhone(number: string, country: string | undefined): string | number {
  if (isDecimal(number)) return 2;
  const code = country === undefined ? undefined : countryCode(country);
  const region = code !== undefined && isSupportedCountry(code) ? code : undefined;
  const parsed = parsePhoneNumberFromString(number, region);
  const read = parsed?.isValid() === true ? parsed.number : withoutTrunkZero(number, region);
  if (read === null) {
    const unknown = country !== undefined && country.trim() !== "" && region === undefined;
    return unknown && !number.trim().startsWith("+") ? 3 : 0;
  }
  return region !== undefined && hasLostPlus(number, region, read) ? 1 : read;
}

/** `15123456789.0` and `1.51e+10`: a program took it for a number, and no leading plus or zero was left. */
function isDecimal(number: string): boolean {
  return /^\s*[-+]?(?:[0-9]{6,}[.]0*|[0-9]+(?:[.][0-9]+)?[eE][-+]?[0-9]+)\s*$/.test(number);
}

/**
 * Digits that begin with the code of their own country, or with that of another
 * one where the zero of a number within the country is missing: `4915123456789`
 * may have been `+4915…`, which the number of a country cannot tell.
 */
function hasLostPlus(number: string, region: CountryCode, read: string): boolean {
  const digits = number.replaceAll(/[^0-9]/g, "");
  if (/^\s*(?:\+|\(?0)/.test(number) || digits === "") return false;
  const abroad = parsePhoneNumberFromString(`+${digits}`);
  if (abroad?.isValid() !== true) return false;
  if (abroad.number === read) return !isNational(digits, region, read);
  // A short one is taken for what the config says: a number of its country, which programs leave without its zero.
  if (digits.length < FULL_LENGTH) return false;
  const withZero = parsePhoneNumberFromString(`0${digits}`, region);
  return withZero?.number === read && withZero.isValid();
}

/** Most numbers of the world have so many digits with their country's code. */
const FULL_LENGTH = 11;

/** Whether the digits say the same number within the country, such as `1 415 …` in the USA. */
function isNational(digits: string, region: CountryCode, read: string): boolean {
  return getCountryCallingCode(region) === "1" && read === `+${digits}`;
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
