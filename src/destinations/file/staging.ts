import { closeSync, openSync, readSync } from "node:fs";
import { open, rm, type FileHandle } from "node:fs/promises";
import { dirname } from "node:path";
import { Failure } from "../../model/failure.js";
import { AddressIndex } from "./address-index.js";
import { keyOf } from "./folder.js";
import { temporaryPath } from "./temporary-files.js";

export interface Payload {
  readonly email: string;
  readonly attributes: Readonly<Record<string, string>>;
}

/** Lines of one batch among all that are staged. */
export interface StagedBatch {
  readonly from: number;
  /** Exclusive. */
  readonly to: number;
}

const READ_BYTES = 1024 * 1024;

/**
 * Payloads that were taken on for one list and are not in its file yet, in a
 * file beside it, where there is room for what the list becomes.
 */
export class Staging {
  readonly #path: string;
  readonly #file: FileHandle;
  readonly #index = new AddressIndex();
  readonly #names = new Set<string>();
  #bytes = 0;
  /** For reading single lines, once there is a need. */
  #reader: number | undefined;

  private constructor(path: string, file: FileHandle) {
    this.#path = path;
    this.#file = file;
  }

  static async beside(listPath: string): Promise<Staging> {
    const path = temporaryPath(dirname(listPath));
    return new Staging(path, await open(path, "wx", 0o600));
  }

  get size(): number {
    return this.#index.size;
  }

  /** Columns that the payloads write; they may differ in what they leave alone. */
  get names(): ReadonlySet<string> {
    return this.#names;
  }

  /** Appends a body, a payload a line. */
  async add(body: string): Promise<StagedBatch> {
    const from = this.size;
    let at = this.#bytes;
    for (const line of body.split("\n")) {
      const length = Buffer.byteLength(line);
      if (line !== "") {
        const { email, attributes } = JSON.parse(line) as Payload;
        this.#index.add(keyOf(email), at, length);
        for (const name in attributes) this.#names.add(name);
      }
      at += length + 1;
    }
    const text = body.endsWith("\n") ? body : `${body}\n`;
    try {
      await this.#file.appendFile(text);
    } catch (error) {
      throw new Failure("permanent", "What is to be written to a list file could not be staged beside it.", {
        cause: error,
      });
    }
    this.#bytes += Buffer.byteLength(text);
    return { from, to: this.size };
  }

  /** Number and payload of the line of an address. */
  find(key: string): { line: number; payload: Payload } | undefined {
    for (const line of this.#index.candidates(key)) {
      const payload = this.payloadOf(line);
      if (keyOf(payload.email) === key) return { line, payload };
    }
    return undefined;
  }

  payloadOf(line: number): Payload {
    const { offset, length } = this.#index.placeOf(line);
    const bytes = Buffer.alloc(length);
    readSync(this.#open(), bytes, 0, length, offset);
    return JSON.parse(bytes.toString("utf8")) as Payload;
  }

  /** All payloads in the order in which they came. */
  *payloads(): Iterable<Payload> {
    const buffer = Buffer.alloc(READ_BYTES);
    let rest: Buffer = Buffer.alloc(0);
    for (let at = 0; at < this.#bytes;) {
      const read = readSync(this.#open(), buffer, 0, buffer.length, at);
      if (read === 0) throw new Failure("permanent", "What was staged for a list file is not whole.");
      at += read;
      let block: Buffer = Buffer.concat([rest, buffer.subarray(0, read)]);
      for (let end = block.indexOf(10); end !== -1; end = block.indexOf(10)) {
        if (end > 0) yield JSON.parse(block.toString("utf8", 0, end)) as Payload;
        block = block.subarray(end + 1);
      }
      rest = block;
    }
  }

  /** Takes the file away. */
  async drop(): Promise<void> {
    if (this.#reader !== undefined) closeSync(this.#reader);
    this.#reader = undefined;
    await this.#file.close();
    await rm(this.#path, { force: true });
  }

  #open(): number {
    return (this.#reader ??= openSync(this.#path, "r"));
  }
}
