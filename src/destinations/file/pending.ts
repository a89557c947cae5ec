import { randomUUID } from "node:crypto";
import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { GONE, type Operation } from "../../model/plan/change.js";
import type { JobState } from "../../plugin/destination.js";
import { literal, type Relation } from "../../plugin/relation.js";
import { Merge } from "./merge.js";
import { rewriteFile } from "./rewrite.js";
import { Staging, type StagedBatch } from "./staging.js";

interface PendingBatch extends StagedBatch {
  readonly job: string;
  readonly operation: Operation;
}

interface PendingList {
  readonly staging: Staging;
  readonly batches: PendingBatch[];
}

const NOBODY = "SELECT NULL::VARCHAR AS email, NULL::VARCHAR AS reason WHERE false";

/**
 * Batches that were taken on and that the files of their lists do not have yet.
 * A file is written once for all of its batches, when one of them is asked
 * about: each time again it would be written as often as there are batches.
 */
export class PendingWrites {
  readonly #scratch: string;
  readonly #lists = new Map<string, PendingList>();
  /** By job that has ended: whom it refused, undefined for nobody. */
  readonly #ended = new Map<string, string | undefined>();

  constructor(scratch: string) {
    this.#scratch = scratch;
  }

  /** Takes a batch on for the list at `path`; the answer is its job. */
  async take(path: string, operation: Operation, body: string): Promise<string> {
    const known = this.#lists.get(path);
    const list = known ?? { staging: await Staging.beside(path), batches: [] };
    this.#lists.set(path, list);
    const job = randomUUID();
    try {
      list.batches.push({ job, operation, ...(await list.staging.add(body)) });
    } catch (error) {
      // What was staged is no more than a part of it now: whose job it is finds it gone.
      this.#lists.delete(path);
      await list.staging.drop();
      throw error;
    }
    return job;
  }

  /** Carries out what is asked about, and whatever else was taken on for the same lists. */
  async jobs(ids: readonly string[], signal: AbortSignal): Promise<readonly JobState[]> {
    for (const [path, list] of this.#lists)
      if (list.batches.some(({ job }) => ids.includes(job))) await this.#carryOut(path, list, signal);
    return ids.map((job) => {
      if (!this.#ended.has(job)) return { job, state: "gone", message: undefined };
      const refused = this.#ended.get(job) !== undefined;
      return { job, state: refused ? "completed-with-errors" : "completed", message: undefined };
    });
  }

  rejects(job: string): Relation {
    const path = this.#ended.get(job);
    if (path === undefined) return { sql: NOBODY };
    const columns = "{email: 'VARCHAR', reason: 'VARCHAR'}";
    return {
      sql: `SELECT email, reason FROM read_json(${literal(path)}, format = 'newline_delimited', columns = ${columns})`,
    };
  }

  async #carryOut(path: string, { staging, batches }: PendingList, signal: AbortSignal): Promise<void> {
    this.#lists.delete(path);
    try {
      const adds = batches.filter(({ operation }) => operation === "add");
      const merge = new Merge(staging, (line) => adds.some(({ from, to }) => line >= from && line < to));
      await rewriteFile(path, merge, signal);
      for (const batch of batches) this.#ended.set(batch.job, await this.#refused(staging, merge, batch));
    } finally {
      await staging.drop();
    }
  }

  /** An update of somebody who is not on the list must not add anybody. */
  async #refused(
    staging: Staging,
    merge: Merge,
    { job, operation, from, to }: PendingBatch,
  ): Promise<string | undefined> {
    if (operation === "add") return undefined;
    let lines = "";
    for (let line = from; line < to; line++) {
      if (merge.met(line)) continue;
      const { email } = staging.payloadOf(line);
      lines += `${JSON.stringify({ email, reason: GONE })}\n`;
    }
    if (lines === "") return undefined;
    const path = join(this.#scratch, `file-${job}.ndjson`);
    await writeFile(path, lines, { mode: 0o600 });
    return path;
  }
}
