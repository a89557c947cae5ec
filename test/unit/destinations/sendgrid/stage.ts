import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect } from "vitest";
import { codec } from "../../../../src/destinations/sendgrid/codec/codec.js";
import { sendgrid } from "../../../../src/destinations/sendgrid/index.js";
import type { Operation } from "../../../../src/model/plan/change.js";
import { Secret } from "../../../../src/platform/secrets/secret.js";
import type { Destination, JobState, WriteBatch, WriteResult } from "../../../../src/plugin/destination.js";
import {
  startSandbox,
  type Exchange,
  type Sandbox,
  type SandboxOptions,
  type SendgridState,
} from "../../../../src/sandbox/index.js";
import { rowsOf } from "../../../support/sql.js";
import { CONNECTION } from "./attributes.js";
import { allViolations } from "./contract.js";

export const BEHAVIOURS = ["documented", "pessimistic"] as const;
export const signal: AbortSignal = new AbortController().signal;
export const KEY = "SG.stage-key";

/** A sandbox account with the plug-in connected to it; every exchange is checked when it closes. */
export class Stage {
  readonly sandbox: Sandbox;
  readonly scratch: string;
  readonly exchanges: Exchange[];

  private constructor(sandbox: Sandbox, scratch: string, exchanges: Exchange[]) {
    this.sandbox = sandbox;
    this.scratch = scratch;
    this.exchanges = exchanges;
  }

  static async open(options: SandboxOptions = {}): Promise<Stage> {
    const exchanges: Exchange[] = [];
    const sandbox = await startSandbox({
      accounts: [{ vendor: "sendgrid", key: KEY }],
      limits: "none",
      delays: { jobMs: 15, visibleMs: 0, fieldMs: 0 },
      onExchange: (exchange) => exchanges.push(exchange),
      ...options,
    });
    return new Stage(sandbox, await mkdtemp(join(tmpdir(), "rollcall-sendgrid-")), exchanges);
  }

  get account(): SendgridState {
    return this.sandbox.sendgrid();
  }

  connect(options: Record<string, unknown> = {}, onWait?: (seconds: number) => void): Destination {
    return sendgrid.open({
      connection: {
        ...CONNECTION,
        baseUrl: this.sandbox.sendgridUrl,
        options: { rateLimits: "none", ...options },
      },
      apiKey: new Secret(KEY),
      folder: this.scratch,
      scratch: this.scratch,
      spent: {},
      onWait: (_reason, seconds) => onWait?.(seconds),
    });
  }

  batch(operation: Operation, listId: string, rows: readonly unknown[]): WriteBatch {
    const { name, envelope } = codec([], CONNECTION).route(operation, rows.length);
    const { prefix, separator, suffix } = envelope("", listId);
    const texts = rows.map((row) => (typeof row === "string" ? row : JSON.stringify(row)));
    return {
      operation,
      route: name,
      listId,
      body: prefix + texts.join(separator) + suffix,
      rows: rows.length,
    };
  }

  write(operation: Operation, listId: string, rows: readonly unknown[]): Promise<WriteResult> {
    return this.connect().write(this.batch(operation, listId, rows), signal);
  }

  /** Writes and waits for the end of the job. */
  async carryOut(operation: Operation, listId: string, rows: readonly unknown[]): Promise<JobState> {
    const result = await this.write(operation, listId, rows);
    if (result.status !== "accepted") throw new Error(`not accepted: ${JSON.stringify(result)}`);
    await this.sandbox.settle();
    const [state] = await this.connect().jobs([result.job], signal);
    if (state === undefined) throw new Error("no state");
    return state;
  }

  async rejects(job: string): Promise<Record<string, unknown>[]> {
    return rowsOf(await this.connect().rejects(job, signal));
  }

  requests(method: string, path: string): Exchange[] {
    return this.exchanges.filter((one) => one.method === method && one.path === path);
  }

  async close(options: { deletions?: boolean } = {}): Promise<void> {
    await this.sandbox.stop();
    await rm(this.scratch, { recursive: true });
    expect(this.exchanges.flatMap((exchange) => allViolations(exchange, options))).toEqual([]);
  }
}
