import { cells, toRecord } from "./csv.js";
import { keyOf } from "./folder.js";
import { toHeader } from "./header.js";

interface Payload {
  readonly email: string;
  readonly attributes: Readonly<Record<string, string>>;
}

/**
 * Writes a batch of payloads, a line each, over the rows of their addresses;
 * with `append` the others follow at the end.
 */
export class Merge {
  readonly #lines: readonly string[];
  readonly #append: boolean;
  readonly #lineOf = new Map<string, number>();
  readonly #met = new Set<number>();
  /** Columns that the batch writes; payloads may differ in what they leave alone. */
  readonly #names = new Set<string>();

  constructor(body: string, append: boolean) {
    this.#lines = body.split("\n").filter((line) => line !== "");
    this.#append = append;
    for (const [index, line] of this.#lines.entries()) {
      const { email, attributes } = payload(line);
      this.#lineOf.set(keyOf(email), index);
      for (const name in attributes) this.#names.add(name);
    }
  }

  /** Lines whose address the file does not have, once `apply` is through. */
  missing(): readonly number[] {
    return this.#lines.flatMap((_, index) => (this.#met.has(index) ? [] : [index]));
  }

  async *apply(records: AsyncIterable<string>): AsyncGenerator<string> {
    let columns: readonly string[] = [];
    let width = 0;
    let email = -1;
    for await (const record of records) {
      if (email === -1) {
        const header = toHeader(record);
        columns = this.#columns(header.names);
        width = header.names.length;
        email = header.email;
        yield columns.length === width ? record : toRecord(columns);
        continue;
      }
      const values = cells(record);
      const line = this.#lineOf.get(keyOf(values[email] ?? ""));
      if (line !== undefined) {
        this.#met.add(line);
        yield toRecord(this.#written(filled(values, columns.length), columns, line));
      } else {
        yield columns.length === width ? record : toRecord(filled(values, columns.length));
      }
    }
    if (!this.#append) return;
    for (const line of this.missing()) {
      const values = filled([], columns.length);
      values[email] = payload(this.#lines[line]).email;
      yield toRecord(this.#written(values, columns, line));
    }
  }

  /** Columns that the file does not have yet come last. */
  #columns(names: readonly string[]): readonly string[] {
    const known = new Set(names.map((name) => name.toLowerCase()));
    const fresh = [...this.#names].filter((name) => !known.has(name.toLowerCase()));
    return fresh.length === 0 ? names : [...names, ...fresh.toSorted()];
  }

  #written(values: string[], columns: readonly string[], line: number): string[] {
    const { attributes } = payload(this.#lines[line]);
    for (const [name, value] of Object.entries(attributes)) {
      values[columns.findIndex((column) => column.toLowerCase() === name.toLowerCase())] = value;
    }
    return values;
  }
}

function payload(line = ""): Payload {
  return JSON.parse(line) as Payload;
}

function filled(values: readonly string[], width: number): string[] {
  return Array.from({ length: width }, (_, index) => values[index] ?? "");
}
