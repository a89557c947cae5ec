import type { Pool } from "pg";
import type {
  BlobContent,
  BlobEntry,
  HeldLease,
  Lease,
  LeaseInfo,
  StateBackend,
} from "../../plugin/state-backend.js";
import { withRetries, HARMLESS_TWICE, NOT_CARRIED_OUT } from "../ask-again.js";
import { changedMeanwhile, missingBlob } from "../failures.js";
import { Leases, type LeaseDocument, type LeaseDocuments } from "../leases.js";
import { checkBlobName } from "../check-names.js";
import { saveBody } from "../save-body.js";
import { Blobs } from "./blobs.js";
import { Database } from "./database.js";
import { isMissingTable } from "./errors.js";
import type { PostgresOptions } from "./options.js";
import { createTablesSql, statements } from "./tables.js";

const ROOT = "root";
const LEASES = "leases/";

/**
 * State in tables of a schema, several states side by side by name: documents
 * (the root and the leases) with a version that only ever grows, and blobs in
 * parts. Made by the first write; until then every read finds nothing.
 */
export class PostgresBackend implements StateBackend {
  readonly label: string;
  readonly #database: Database;
  readonly #state: string;
  readonly #schema: string;
  readonly #sql: ReturnType<typeof statements>;
  readonly #blobs: Blobs;
  readonly #leases: Leases;

  constructor(pool: Pool, { schema, name }: PostgresOptions) {
    this.label = `PostgreSQL schema ${schema} (${name})`;
    this.#database = new Database(pool, this.label);
    this.#state = name;
    this.#schema = schema;
    this.#sql = statements(schema);
    this.#blobs = new Blobs(this.#database, this.#sql, name);
    this.#leases = new Leases(this.#documents());
  }

  async readRoot(signal: AbortSignal): Promise<{ bytes: Uint8Array; version: string } | undefined> {
    return (await this.#readDocument(ROOT, signal)).stored;
  }

  async writeRoot(
    bytes: Uint8Array,
    ifVersion: string | undefined,
    signal: AbortSignal,
  ): Promise<{ version: string }> {
    const version = await this.#swap(ROOT, bytes, ifVersion, signal);
    if (version === undefined) throw changedMeanwhile(this.label);
    return { version };
  }

  async putBlob(name: string, content: BlobContent, signal: AbortSignal): Promise<void> {
    checkBlobName(name);
    await withRetries(HARMLESS_TWICE, signal, () =>
      this.#made(() => this.#blobs.put(name, content, signal), signal),
    );
  }

  async getBlob(name: string, path: string, signal: AbortSignal): Promise<void> {
    const missing = this.#missing(name);
    await withRetries(NOT_CARRIED_OUT, signal, () =>
      this.#found(missing, async () => {
        const id = await this.#blobs.find(name, signal);
        if (id === undefined) return missing();
        return saveBody(this.#blobs.parts(id, signal), path, signal);
      }),
    );
  }

  async readBlob(name: string, signal: AbortSignal): Promise<Uint8Array> {
    const missing = this.#missing(name);
    return withRetries(NOT_CARRIED_OUT, signal, () =>
      this.#found(missing, async () => {
        const id = await this.#blobs.find(name, signal);
        if (id === undefined) return missing();
        const parts: Buffer[] = [];
        for await (const part of this.#blobs.parts(id, signal)) parts.push(part);
        return Buffer.concat(parts);
      }),
    );
  }

  async *listBlobs(prefix: string, signal: AbortSignal): AsyncIterable<BlobEntry> {
    let after: string | undefined = "";
    while (after !== undefined) {
      const last: string = after;
      const page = await withRetries(NOT_CARRIED_OUT, signal, () =>
        this.#found(
          () => [],
          () => this.#blobs.list(prefix, last, signal),
        ),
      );
      yield* page;
      after = page.at(-1)?.name;
    }
  }

  async deleteBlob(name: string, signal: AbortSignal): Promise<void> {
    checkBlobName(name);
    await withRetries(HARMLESS_TWICE, signal, () =>
      this.#found(
        () => undefined,
        () => this.#blobs.delete(name, signal),
      ),
    );
  }

  acquireLease(name: string, info: LeaseInfo, ttlMs: number, signal: AbortSignal): Promise<Lease> {
    return this.#leases.acquire(name, info, ttlMs, signal);
  }

  leases(signal: AbortSignal): Promise<readonly HeldLease[]> {
    return this.#leases.list(signal);
  }

  breakLease(name: string, id: string, signal: AbortSignal): Promise<void> {
    return this.#leases.break(name, id, signal);
  }

  #documents(): LeaseDocuments {
    return {
      clockStepMs: 1,
      fix: (name) => `delete the row ${LEASES}${name} of this state from the table ${this.#schema}.documents`,
      read: (name, signal) => this.#readDocument(LEASES + name, signal),
      swap: async (name, bytes, version, signal) =>
        (await this.#swap(LEASES + name, bytes, version, signal)) !== undefined,
      names: (signal) =>
        withRetries(NOT_CARRIED_OUT, signal, () =>
          this.#found(
            () => [],
            async () => {
              const values = [this.#state, LEASES];
              const { rows } = await this.#database.query("read", this.#sql.documentNames, values, signal);
              return rows.map((row) => String(row["name"]).slice(LEASES.length));
            },
          ),
        ),
    };
  }

  #readDocument(name: string, signal: AbortSignal): Promise<LeaseDocument> {
    return withRetries(NOT_CARRIED_OUT, signal, async () => {
      const read = async (text: string, values: readonly unknown[]): Promise<LeaseDocument> => {
        const { rows } = await this.#database.query("read", text, values, signal);
        const { now, version, bytes } = (rows[0] ?? {}) as {
          now: number;
          version?: string;
          bytes?: Uint8Array;
        };
        const none = typeof version !== "string" || bytes === undefined;
        return { stored: none ? undefined : { bytes, version }, now };
      };
      const none = (): Promise<LeaseDocument> => read(this.#sql.now, []);
      const found = await this.#found(
        () => undefined,
        () => read(this.#sql.readDocument, [this.#state, name]),
      );
      return found ?? none();
    });
  }

  /** The new version, or undefined when `version` is not the stored one any more. */
  #swap(
    name: string,
    bytes: Uint8Array,
    version: string | undefined,
    signal: AbortSignal,
  ): Promise<string | undefined> {
    const stored = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length);
    const [text, values] =
      version === undefined
        ? [this.#sql.createDocument, [this.#state, name, stored]]
        : [this.#sql.swapDocument, [this.#state, name, stored, version]];
    return withRetries(NOT_CARRIED_OUT, signal, () =>
      this.#made(async () => {
        const { rows } = await this.#database.query("write", text, values, signal);
        return rows[0] === undefined ? undefined : String(rows[0]["version"]);
      }, signal),
    );
  }

  /** Where there are no tables, nothing was ever stored. */
  async #found<T, None>(none: () => None, read: () => Promise<T>): Promise<T | None> {
    try {
      return await read();
    } catch (error) {
      if (isMissingTable(error)) return none();
      throw error;
    }
  }

  #missing(name: string): () => never {
    checkBlobName(name);
    return () => {
      throw missingBlob(name, this.label);
    };
  }

  /** Makes the tables when they are missing. */
  async #made<T>(write: () => Promise<T>, signal: AbortSignal): Promise<T> {
    try {
      return await write();
    } catch (error) {
      if (!isMissingTable(error)) throw error;
    }
    await this.#database.transaction(
      async (client) => {
        for (const text of createTablesSql(this.#schema)) await client.query(text);
        return true;
      },
      signal,
      0,
    );
    return write();
  }
}
