import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect } from "vitest";
import { brevo } from "../../../../src/destinations/brevo/index.js";
import type { AttributeMapping } from "../../../../src/model/config/attribute.js";
import type { Operation } from "../../../../src/model/plan/change.js";
import { Secret } from "../../../../src/platform/secrets/secret.js";
import type { Binding } from "../../../../src/plugin/codec.js";
import type {
  Destination,
  JobState,
  OpenContext,
  WriteBatch,
  WriteResult,
} from "../../../../src/plugin/destination.js";
import { literal } from "../../../../src/plugin/relation.js";
import {
  startSandbox,
  type BrevoState,
  type Exchange,
  type Sandbox,
  type SandboxOptions,
} from "../../../../src/sandbox/index.js";
import { checkExchange } from "../../../support/oracle.js";
import { select, withSql } from "../../../support/sql.js";
import { violations } from "./contract.js";
import { connection } from "./fixtures.js";

export type Behaviour = "documented" | "pessimistic";
export const BEHAVIOURS: readonly Behaviour[] = ["documented", "pessimistic"];
export const signal: AbortSignal = new AbortController().signal;

/** A value of one person: null = empty in the source. */
export type Person = Readonly<Record<string, string | number | boolean | null>> & { readonly key: string };

/** A sandbox account and the plug-in connected to it; every exchange is checked when it closes. */
export class Stage {
  readonly sandbox: Sandbox;
  readonly exchanges: Exchange[];
  readonly scratch: string;
  readonly spent: Record<string, number[]> = {};

  private constructor(sandbox: Sandbox, exchanges: Exchange[], scratch: string) {
    this.sandbox = sandbox;
    this.exchanges = exchanges;
    this.scratch = scratch;
  }

  static async open(options: SandboxOptions = {}): Promise<Stage> {
    const exchanges: Exchange[] = [];
    const sandbox = await startSandbox({
      limits: "none",
      delays: { jobMs: 30, visibleMs: 0 },
      onExchange: (exchange) => exchanges.push(exchange),
      ...options,
    });
    return new Stage(sandbox, exchanges, await mkdtemp(join(tmpdir(), "rollcall-brevo-")));
  }

  get account(): BrevoState {
    return this.sandbox.brevo();
  }

  context(options: Record<string, unknown> = { rateLimits: "none" }, key = "sandbox-brevo-key"): OpenContext {
    return {
      connection: connection(options, { baseUrl: this.sandbox.brevoUrl }),
      apiKey: new Secret(key),
      folder: this.scratch,
      scratch: this.scratch,
      spent: this.spent,
    };
  }

  connect(options?: Record<string, unknown>, key?: string): Destination {
    return brevo.open(this.context(options, key));
  }

  async bind(attributes: readonly AttributeMapping[]): Promise<readonly Binding[]> {
    const { bindings, problems } = brevo.bind(attributes, await this.connect().fields(signal));
    expect(problems).toEqual([]);
    return bindings;
  }

  /** Batches as the engine cuts them, one for each group. */
  async batches(
    operation: Operation,
    listId: number,
    bindings: readonly Binding[],
    people: readonly Person[],
    options: { rows?: number; importFormat?: string; clears?: string } = {},
  ): Promise<WriteBatch[]> {
    const { payload, group, route } = brevo.codec(
      bindings,
      connection({ importFormat: options.importFormat, clears: options.clears }),
    );
    const built = `(select "key", ${payload} as payload, ${group} as g from ${values(bindings, people)})`;
    return withSql(async (sql) => {
      const batches: WriteBatch[] = [];
      for (const { g } of await select(sql, `select distinct g from ${built} order by g`)) {
        const of = String(g);
        const { name, wire, envelope } = route(operation, options.rows ?? people.length, of);
        const { prefix, separator, suffix } = envelope(of, String(listId));
        const [row] = await select(
          sql,
          `select count(*)::int as n, string_agg(${wire}, ${literal(separator)} order by "key") as rows from ${built} where g = ${literal(of)}`,
        );
        const body = `${prefix}${String(row?.["rows"])}${suffix}`;
        batches.push({ operation, route: name, listId: String(listId), body, rows: Number(row?.["n"]) });
      }
      return batches;
    });
  }

  /** Writes one batch after the other, waiting for each job. */
  async carryOut(batches: readonly WriteBatch[]): Promise<(WriteResult | JobState)[]> {
    const destination = this.connect();
    const results: (WriteResult | JobState)[] = [];
    for (const batch of batches) {
      const result = await destination.write(batch, signal);
      results.push(result.status === "accepted" ? await this.ended(destination, result.job) : result);
    }
    return results;
  }

  async ended(destination: Destination, job: string): Promise<JobState> {
    await this.sandbox.settle();
    const [state] = await destination.jobs([job], signal);
    return state!;
  }

  requests(method: string, path: string): Exchange[] {
    return this.exchanges.filter((one) => one.method === method && one.path === path);
  }

  async close(): Promise<void> {
    await this.sandbox.stop();
    await rm(this.scratch, { recursive: true });
    expect(this.exchanges.flatMap((exchange) => violations(exchange))).toEqual([]);
    expect(this.exchanges.flatMap(checkExchange)).toEqual([]);
    expect(this.exchanges.filter(({ method }) => method === "DELETE")).toEqual([]);
  }
}

/** The people as the engine's columns. */
export function values(bindings: readonly Binding[], people: readonly Person[]): string {
  const types = {
    text: "varchar",
    phone: "varchar",
    choice: "varchar",
    number: "double",
    date: "date",
    boolean: "boolean",
  };
  const rows = people.map((person) => {
    const cells = bindings.flatMap(({ attribute, type }) => {
      const value = person[attribute.name] ?? null;
      const cleared = value === null && attribute.nulls === "clear";
      return [`${value === null ? "null" : literal(String(value))}::${types[type]}`, String(cleared)];
    });
    return `(${[literal(person.key), ...cells].join(", ")})`;
  });
  const names = bindings.flatMap(({ column, clear }) => [column, clear]);
  return `(values ${rows.join(", ")}) t(${['"key"', ...names].join(", ")})`;
}
