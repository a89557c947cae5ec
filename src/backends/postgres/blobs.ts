import { randomUUID } from "node:crypto";
import { open, stat } from "node:fs/promises";
import type { PoolClient } from "pg";
import { Failure } from "../../model/failure.js";
import type { BlobContent, BlobEntry } from "../../plugin/state-backend.js";
import type { Database } from "./database.js";
import type { statements } from "./tables.js";

/** Bytes of one row. */
const PART = 1 << 20;
/** Rows that are fetched at once. */
const PARTS = 4;
const PAGE = 1000;

/** The blobs of one state, in rows of a megabyte, so that none has to be held whole. */
export class Blobs {
  readonly #database: Database;
  readonly #sql: ReturnType<typeof statements>;
  readonly #state: string;

  constructor(database: Database, sql: ReturnType<typeof statements>, state: string) {
    this.#database = database;
    this.#sql = sql;
    this.#state = state;
  }

  /** A blob that is there counts as written now. */
  async put(name: string, content: BlobContent, signal: AbortSignal): Promise<void> {
    const bytes = "bytes" in content ? content.bytes.length : (await stat(content.path)).size;
    const whole = bytes <= PART ? await wholeOf(content, bytes) : undefined;
    if (whole !== undefined) {
      const values = [this.#state, name, randomUUID(), whole];
      const { rowCount } = await this.#database.query("write", this.#sql.createSmallBlob, values, signal);
      if (rowCount === 1) return;
    }
    if (await this.#touch(name, signal)) return;
    if (whole === undefined && (await this.#putParts(name, content, bytes, signal))) return;
    if (await this.#touch(name, signal)) return;
    throw new Failure("transient", `${name} was written and deleted at once`);
  }

  async find(name: string, signal: AbortSignal): Promise<string | undefined> {
    const { rows } = await this.#database.query("read", this.#sql.findBlob, [this.#state, name], signal);
    return rows[0] === undefined ? undefined : String(rows[0]["id"]);
  }

  /** The rows of a blob in order. One that is deleted meanwhile ends early, which its reader's digest tells. */
  async *parts(id: string, signal: AbortSignal): AsyncIterable<Buffer> {
    for (let next = 0; ; next += PARTS) {
      const { rows } = await this.#database.query("read", this.#sql.readParts, [id, next, PARTS], signal);
      for (const row of rows) yield row["bytes"] as Buffer;
      if (rows.length < PARTS) return;
    }
  }

  /** Those behind `after` with this prefix; empty at the end. */
  async list(prefix: string, after: string, signal: AbortSignal): Promise<BlobEntry[]> {
    const values = [this.#state, after, prefix, PAGE];
    const { rows } = await this.#database.query("read", this.#sql.listBlobs, values, signal);
    return rows.map((row) => ({
      name: String(row["name"]),
      bytes: Number(row["bytes"]),
      modifiedAt: row["modified_at"] as Date,
    }));
  }

  async delete(name: string, signal: AbortSignal): Promise<void> {
    await this.#database.query("write", this.#sql.deleteBlob, [this.#state, name], signal);
  }

  async #touch(name: string, signal: AbortSignal): Promise<boolean> {
    const { rowCount } = await this.#database.query(
      "write",
      this.#sql.touchBlob,
      [this.#state, name],
      signal,
    );
    return rowCount === 1;
  }

  /** Parts first, the name last: a blob is there whole or not at all, and others need not wait for its parts. */
  #putParts(name: string, content: BlobContent, bytes: number, signal: AbortSignal): Promise<boolean> {
    const id = randomUUID();
    const work = async (client: PoolClient): Promise<boolean> => {
      let number = 0;
      for await (const part of partsOf(content)) {
        signal.throwIfAborted();
        await client.query(this.#sql.createPart, [id, number++, part]);
      }
      const made = await client.query(this.#sql.createBlob, [this.#state, name, id, bytes]);
      return made.rowCount === 1;
    };
    return this.#database.transaction(work, signal, bytes);
  }
}

async function wholeOf(content: BlobContent, bytes: number): Promise<Buffer> {
  if ("bytes" in content)
    return Buffer.from(content.bytes.buffer, content.bytes.byteOffset, content.bytes.length);
  const file = await open(content.path, "r");
  try {
    return (await file.read(Buffer.alloc(bytes), 0, bytes, 0)).buffer;
  } finally {
    await file.close();
  }
}

async function* partsOf(content: BlobContent): AsyncIterable<Buffer> {
  if ("bytes" in content) {
    for (let at = 0; at < content.bytes.length; at += PART)
      yield Buffer.from(content.bytes.subarray(at, at + PART));
    return;
  }
  const file = await open(content.path, "r");
  try {
    for (;;) {
      const { buffer, bytesRead } = await file.read(Buffer.alloc(PART), 0, PART);
      if (bytesRead === 0) return;
      yield buffer.subarray(0, bytesRead);
    }
  } finally {
    await file.close();
  }
}
