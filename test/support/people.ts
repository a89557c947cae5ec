import type { Row } from "./project.js";

export function addressOf(name: string): string {
  return `${name}@example.com`;
}

/** A profile by the name before the `@`. */
export function person(name: string, more: Row = {}): Row {
  return { email: addressOf(name), ...more };
}

/** Profiles that differ in their addresses alone. */
export function people(names: readonly string[], more: Row = {}): Row[] {
  return names.map((name) => person(name, more));
}

/** The same, of people with numbers for names: `p1`, `p2` … */
export function numbered(first: number, last: number, more: Row = {}): Row[] {
  return people(
    Array.from({ length: last - first + 1 }, (_, index) => `p${first + index}`),
    more,
  );
}

/** What comes before the `@` of addresses, in order. */
export function namesOf(addresses: Iterable<string>): string[] {
  return [...addresses].map((address) => address.split("@")[0] ?? "").sort();
}
