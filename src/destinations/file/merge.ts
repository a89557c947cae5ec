import { splitCells, toRecord } from "./csv.js";
import { keyOf } from "./folder.js";
import { toHeader, type Header } from "./header.js";
import type { Change } from "./rewrite.js";
import type { Payload, Staging } from "./staging.js";
import { ownValue } from "../../model/own-value.js";

/** Writes staged payloads over the rows of their addresses; those that may be added follow at the end. */
export class Merge implements Change {
  readonly #staging: Staging;
  readonly #mayAdd: (line: number) => boolean;
  /** By line: whether the file has its address. */
  readonly #met: Uint8Array;
  /** Position by lower-case name. */
  readonly #columns = new Map<string, number>();
  #header: Header | undefined;

  constructor(staging: Staging, mayAdd: (line: number) => boolean) {
    this.#staging = staging;
    this.#mayAdd = mayAdd;
    this.#met = new Uint8Array(staging.size);
  }

  /** Whether the file had the address of a line, once it was read. */
  met(line: number): boolean {
    return this.#met[line] === 1;
  }

  next(record: string): string {
    if (this.#header === undefined) return this.#first(record);
    const values = splitCells(record);
    const found = this.#staging.find(keyOf(values[this.#header.email] ?? ""));
    if (found === undefined) {
      return this.#columns.size === this.#header.names.length ? record : toRecord(this.#padded(values));
    }
    this.#met[found.line] = 1;
    return toRecord(this.#written(values, found.payload));
  }

  *rest(): Iterable<string> {
    if (this.#header === undefined) return;
    let line = 0;
    for (const sent of this.#staging.payloads()) {
      const own = line++;
      if (this.met(own) || !this.#mayAdd(own)) continue;
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
    const fresh = [...this.#staging.names]
      .filter((name) => !this.#columns.has(name.toLowerCase()))
      .toSorted();
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
