import { Failure } from "../../model/failure.js";
import { foldName } from "../../model/fold-name.js";
import { counted } from "../../model/words/counted.js";
import type { CsvDialect } from "./table.js";

const [CARRIAGE_RETURN, LINE_END, QUOTE, SPACE] = [0x0d, 0x0a, 0x22, 0x20];
/** Names of columns are not longer than this together. */
const MOST_HEADER = 1024 * 1024;

/**
 * Reads a partition as it comes, counts its rows, and answers the same rows in one way: without header and byte-order
 * mark, each ending with a line feed, whatever ends lines inside of values. Throws at a row that is not as wide as the
 * table, and at a quotation mark where it may mean two things.
 */
export class CsvRows {
  rows = 0;
  readonly #dialect: CsvDialect;
  readonly #names: readonly string[];
  readonly #delimiter: number;
  #state: "begins" | "plain" | "blank" | "quoted" | "closed" = "begins";
  #returned = false;
  #width = 1;
  #line = 1;
  /** Where the row, and the value in quotes, began. */
  #rowLine = 1;
  #valueLine = 1;
  /** The first row, until it is known whether it is a header. */
  #head: Buffer[] | undefined = [];
  #headBytes = 0;
  #begun = false;

  constructor(dialect: CsvDialect, names: readonly string[]) {
    this.#dialect = dialect;
    this.#names = names;
    this.#delimiter = dialect.delimiter.charCodeAt(0);
  }

  push(chunk: Buffer): Buffer[] {
    const out: Buffer[] = [];
    let from = this.#begun || !chunk.subarray(0, 3).equals(BYTE_ORDER_MARK) ? 0 : BYTE_ORDER_MARK.length;
    this.#begun = true;
    const quotes = this.#dialect.quotes !== "nowhere";
    for (let at = from; at < chunk.length; at += 1) {
      const byte = chunk[at];
      if (this.#returned && byte !== LINE_END) throw this.#fault("has a carriage return alone", ALONE);
      if (this.#state === "quoted") {
        if (byte === QUOTE) this.#state = "closed";
        else if (byte === LINE_END) this.#line += 1;
      } else if (byte === LINE_END) {
        if (this.#returned) {
          // The one before may have been the last byte of another piece.
          if (at > from) this.#keep(out, chunk.subarray(from, at - 1));
          from = at;
          this.#returned = false;
        }
        this.#keep(out, chunk.subarray(from, at + 1));
        from = at + 1;
        this.#endRow(out);
      } else if (byte === CARRIAGE_RETURN) {
        this.#returned = true;
      } else if (byte === this.#delimiter) {
        this.#width += 1;
        this.#state = "begins";
      } else if (byte === QUOTE && quotes) this.#openQuote();
      else if (this.#state === "closed")
        throw this.#fault("has more behind the closing quote of a value", QUOTES);
      else if (this.#state !== "plain") this.#state = byte === SPACE ? "blank" : "plain";
    }
    const end = this.#returned ? chunk.length - 1 : chunk.length;
    if (end > from) this.#keep(out, chunk.subarray(from, end));
    return out;
  }

  /** What is left at the end of the file; `mayLackEnd` where the last row need not end with a line. */
  end(mayLackEnd: boolean): Buffer[] {
    const out: Buffer[] = [];
    if (this.#state === "quoted") throw cutOff(`within the value that begins on line ${this.#valueLine}`);
    const isBetween = this.#state === "begins" && this.#width === 1 && !this.#returned;
    if (isBetween) return out;
    if (!mayLackEnd) throw cutOff("or its last line lacks its line end");
    this.#returned = false;
    this.#keep(out, Buffer.from("\n"));
    this.#endRow(out);
    return out;
  }

  /** A quote after another one is part of the value; elsewhere it opens one. */
  #openQuote(): void {
    if (this.#state === "closed") this.#state = "quoted";
    else if (this.#state === "begins") {
      this.#state = "quoted";
      this.#valueLine = this.#line;
    } else if (this.#state === "blank" || this.#dialect.quotes === "everywhere")
      throw this.#fault("has a quotation mark within a value that does not begin with one", QUOTES);
  }

  #endRow(out: Buffer[]): void {
    const isEmpty = this.#width === 1 && this.#state === "begins";
    if (isEmpty && this.#names.length > 1) throw this.#fault("is empty", SHORT);
    if (this.#width !== this.#names.length)
      throw this.#fault(
        `has ${counted(this.#width, "value")} instead of ${this.#names.length}`,
        this.#width < this.#names.length ? SHORT : LONG,
      );
    if (this.#head === undefined) this.rows += 1;
    else this.#endHead(out, Buffer.concat(this.#head));
    this.#line += 1;
    this.#rowLine = this.#line;
    this.#state = "begins";
    this.#width = 1;
  }

  /** The first row, which is a header if and only if the folder says so. */
  #endHead(out: Buffer[], row: Buffer): void {
    this.#head = undefined;
    const values = firstValues(row.toString("utf8"), this.#dialect);
    const isHeader = values.every(
      (value, index) => foldName(value.trim()) === foldName(this.#names[index] ?? ""),
    );
    if (this.#dialect.header && !isHeader)
      throw new Failure("invalid", "line 1 does not name the columns of the table in their order.", {
        hint: "`columnHeaders` is true: the first line is the names of the attributes, as the folder lists them.",
      });
    if (!this.#dialect.header && isHeader)
      throw new Failure("invalid", "line 1 names the columns, and the folder says that it is a row.", {
        hint: "Say `columnHeaders: true` in the folder, or write the file without a header.",
      });
    if (this.#dialect.header) return;
    out.push(row);
    this.rows += 1;
  }

  #keep(out: Buffer[], piece: Buffer): void {
    if (this.#head === undefined) {
      out.push(piece);
      return;
    }
    this.#headBytes += piece.length;
    if (this.#headBytes > MOST_HEADER) throw this.#fault("is longer than a megabyte", LONG);
    this.#head.push(piece);
  }

  #fault(what: string, hint: string): Failure {
    return new Failure("invalid", `line ${this.#rowLine} ${what}.`, { hint });
  }
}

const BYTE_ORDER_MARK = Buffer.from("\ufeff");
const CUT =
  "Copy the folder again. If the program that writes it leaves the last line end out, say `finalNewline: optional`.";
const ALONE = "Its lines end with a line feed, or with a carriage return and a line feed.";
const QUOTES =
  'A value with a delimiter, a line end or a " in it stands in quotes, and a " in it is written twice.';
const SHORT =
  "It is cut off, or older than a column that was added since: Synapse Link leaves such rows short until the table is linked again.";
const LONG = "The folder names fewer columns than the file has. Copy the folder again, model.json last.";

function cutOff(where: string): Failure {
  return new Failure("invalid", `it is cut off ${where}.`, { hint: CUT });
}

function firstValues(row: string, { delimiter, quotes }: CsvDialect): readonly string[] {
  const line = row.replace(/\n$/, "");
  if (quotes === "nowhere") return line.split(delimiter);
  const values: string[] = [];
  let value = "";
  let quoted = false;
  for (const letter of line) {
    if (letter === '"') quoted = !quoted;
    else if (letter === delimiter && !quoted) {
      values.push(value);
      value = "";
    } else value += letter;
  }
  return [...values, value];
}
