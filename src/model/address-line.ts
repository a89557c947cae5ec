import { findWrittenAddresses } from "./written-address.js";

/** Where fields of a line end, but inside quotes. */
const BETWEEN_FIELDS = /[,;|\t](?=(?:[^"]*"[^"]*")*[^"]*$)/;
/** An at sign, however it is written. */
const MAY_BE_ADDRESS = /[@＠﹫]|%40|=40|&#0*64\b|&#x0*40\b|&commat\b|[([{<]\s*at\s*[)\]}>]/i;

/**
 * The keys of all whom a line of a file or a cell names: read as a whole, or,
 * with a date and a reason behind it as in `anna@x.de,2026-11-01,complained`,
 * field by field. A field without an at sign is about something else; one with
 * it that cannot be read makes the whole unreadable, and so does one whose domain
 * has no dot: of `anna@x,de` it may be the half.
 */
export function findAddressesInLine(line: string): readonly string[] | "unreadable" {
  const whole = findWrittenAddresses(line);
  if (whole !== "unreadable") return whole;
  const fields = line.split(BETWEEN_FIELDS).filter((field) => MAY_BE_ADDRESS.test(field));
  const read = fields.map(findWrittenAddresses);
  const keys = read.flatMap((one) => one);
  return keys.length === 0 || keys.some((key) => !/@.*[.]/.test(key)) ? "unreadable" : [...new Set(keys)];
}
