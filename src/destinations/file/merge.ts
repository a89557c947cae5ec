import { cells, toRecord } from "./csv.js";
import { keyOf } from "./folder.js";
import { toHeader, type Header } from "./header.js";
import type { Change } from "./rewrite.js";
import { ownValue } from "../../model/own-value.js";

interface Payload {
  readonly email: string;
  readonly attributes: Readonly<Record<string, string>>;
}

/**
 * Writes a batch of payloads, a line each, over the rows of their addresses;
 * with `append` the others follow at the end.
 */
export class Merge implements Change {
  readonly #lines: readonly string[];
  readonly #append: boolean;
  readonly #lineOf = new Map<string, number>();
  readonly #met = new Set<number>();
  /** Columns that the batch writes; payloads may differ in what they leave alone. */
  readonly #names = new Set<string>();
  /** Position by lower-case name. */
  readonly #columns = new Map<string, number>();
  #header: Header | undefined;

  constructor(body: string, append: boolean) {
    this.#lines = body.split("\n").filter((line) => line !== "");
    this.#append = append;
    for (const [index, line] of this.#lines.entries()) {
      const { email, attributes } = payload(line);
      this.#lineOf.set(keyOf(email), index);
      for (const name in attributes) this.#names.add(name);
    }
  }

  /** Lines whose address the file does not have, once it was read. */
  missing(): readonly number[] {
    return [...this.#lines.keys()].filter((index) => !this.#met.has(index));
  }

  next(record: string): string {
    if (this.#header === undefined) return this.#first(record);
    const values = cells(record);
    const line = this.#lineOf.get(keyOf(values[this.#header.email] ?? ""));
    if (line === undefined) {
      return this.#columns.size === this.#header.names.length ? record : toRecord(this.#padded(values));
    }
    this.#met.add(line);
    return toRecord(this.#written(values, payload(this.#lines[line])));
  }

  *rest(): Iterable<string> {
    if (!this.#append || this.#header === undefined) return;
    for (const line of this.missing()) {
      const sent = payload(this.#lines[line]);
      const values: string[] = [];
      values[this.#header.email] = sent.email;
      yield toRecord(this.#written(values, sent));
    }
  }

  /** Columns that the file does not have yet come last. */
  #first(record: string): string {
    this.#header = toHeader(record);
    const { names } = this.#header;
    for (const [index, name] of names.entries()) this.#columns.set(name.toLowerCase(), index);
    const fresh = [...this.#names].filter((name) => !this.#columns.has(name.toLowerCase())).toSorted();
    for (const name of fresh) this.#columns.set(name.toLowerCase(), this.#columns.size);
    return fresh.length === 0 ? record : toRecord([...names, ...fresh]);
  }

  #written(values: readonly string[], { attributes }: Payload): readonly string[] {
    const padded = this.#padded(values);
    for (const name in attributes) {
      const index = this.#columns.get(name.toLowerCase());
      if (index !== undefined) padded[index] = ownValue(attributes, name) ?? "";
    }
    return padded;
  }

  #padded(values: readonly string[]): string[] {
    const length = Math.max(this.#columns.size, values.length);
    return Array.from({ length }, (_, index) => values[index] ?? "");
  }
}

function payload(line = ""): Payload {
  return JSON.parse(line) as Payload;
}
