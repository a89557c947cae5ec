import { Failure } from "../../src/model/failure.js";
import { expect } from "vitest";
import type { Operation } from "../../src/model/plan/change.js";
import type { Binding } from "../../src/plugin/codec.js";
import type { Destination, JobState, RowReject, WriteBatch } from "../../src/plugin/destination.js";
import { literal } from "../../src/plugin/relation.js";
import { rowsOf, select, withSql } from "../support/sql.js";
import type { Harness } from "./harness.js";

/** A person as the engine would send it; `values` in the order of the harness's attributes, null = nothing to send. */
export interface Person {
  readonly key: string;
  readonly values?: readonly (string | number | null)[];
  readonly contactId?: string;
}

export interface Delivery {
  /** Rows that were named and left out before a batch was taken on. */
  readonly refused: readonly RowReject[];
  readonly job: JobState | undefined;
  /** People a finished job named. */
  readonly rejected: readonly string[];
}

export const signal: AbortSignal = new AbortController().signal;

export async function bindings(
  { plugin, attributes }: Harness,
  destination: Destination,
): Promise<readonly Binding[]> {
  const bound = plugin.bind(
    attributes.map(({ mapping }) => mapping),
    await destination.fields(signal),
  );
  expect(bound.problems).toEqual([]);
  return bound.bindings;
}

/** One batch with these people, assembled as the engine does it. */
export async function batch(
  harness: Harness,
  destination: Destination,
  operation: Operation,
  listId: string,
  people: readonly Person[],
): Promise<WriteBatch> {
  const bound = await bindings(harness, destination);
  const codec = harness.plugin.codec(bound, harness.connection);
  const route = codec.route(operation, people.length);
  expect(people.length).toBeLessThanOrEqual(route.maxRows);
  const rows = await withSql((sql) =>
    select(
      sql,
      `SELECT ${route.wire} AS wire, grp FROM (SELECT *, ${codec.payload} AS payload, ${codec.group} AS grp FROM ${table(bound, people)}) ORDER BY i`,
    ),
  );
  const [group = ""] = rows.map(({ grp }) => String(grp));
  expect(new Set(rows.map(({ grp }) => grp)).size).toBeLessThanOrEqual(1);
  const { prefix, separator, suffix } = route.envelope(group, listId);
  const body = prefix + rows.map(({ wire }) => String(wire)).join(separator) + suffix;
  return { operation, route: route.name, listId, body, rows: people.length };
}

/** Writes people and sees it through: named rows are dropped, jobs awaited, reports read. */
export async function deliver(
  harness: Harness,
  destination: Destination,
  operation: Operation,
  listId: string,
  people: readonly Person[],
): Promise<Delivery> {
  const result = await destination.write(
    await batch(harness, destination, operation, listId, people),
    signal,
  );
  if (result.status === "refused-rows") {
    expect(result.rows.length).toBeGreaterThan(0);
    const bad = new Set(result.rows.map(({ index }) => index));
    const rest = people.filter((_, index) => !bad.has(index));
    const delivery = await deliver(harness, destination, operation, listId, rest);
    return { ...delivery, refused: [...result.rows, ...delivery.refused] };
  }
  if (result.status === "refused") throw new Failure("permanent", `refused as a whole: ${result.reason}`);
  if (result.status === "done") {
    await harness.settle();
    return { refused: result.rejected, job: undefined, rejected: [] };
  }
  const job = await finished(destination, result.job);
  const rejected =
    job.state === "completed-with-errors" ? await rowsOf(await destination.rejects(job.job, signal)) : [];
  await harness.settle();
  return { refused: [], job, rejected: rejected.map(({ email }) => String(email)) };
}

async function finished(destination: Destination, job: string): Promise<JobState> {
  for (let asked = 0; asked < 100; asked++) {
    const [state] = await destination.jobs([job], signal);
    expect(state?.job).toBe(job);
    if (state!.state !== "running") return state!;
    await new Promise((done) => setTimeout(done, Math.min(50, destination.pollDelay(asked))));
  }
  throw new Error("the job does not end");
}

/** Whether the destination holds what `people` would be sent, by the plug-in's own comparison. */
export async function matching(
  harness: Harness,
  destination: Destination,
  listId: string,
  people: readonly Person[],
): Promise<Record<string, unknown>> {
  const bound = await bindings(harness, destination);
  const codec = harness.plugin.codec(bound, harness.connection);
  const members = await destination.members(listId, { attributes: true }, signal);
  const rows = await withSql((sql) =>
    select(
      sql,
      `SELECT key, ${codec.matches} AS ok FROM (SELECT *, ${codec.payload} AS payload FROM ${table(bound, people)}) AS p
       JOIN (${members.sql}) AS m ON lower(m.email) = p.key`,
    ),
  );
  return Object.fromEntries(rows.map(({ key, ok }) => [key, ok]));
}

const SQL_TYPES = {
  text: "VARCHAR",
  phone: "VARCHAR",
  choice: "VARCHAR",
  number: "DOUBLE",
  date: "DATE",
  boolean: "BOOLEAN",
};

function table(bound: readonly Binding[], people: readonly Person[]): string {
  const selects = people.map(({ key, values, contactId }, index) => {
    const cells = bound.flatMap(({ type, column, clear }, at) => {
      const value = values?.[at] ?? null;
      const cell = value === null ? "NULL" : literal(String(value));
      return [`CAST(${cell} AS ${SQL_TYPES[type]}) AS ${column}`, `false AS ${clear}`];
    });
    const id = contactId === undefined ? "CAST(NULL AS VARCHAR)" : literal(contactId);
    return `SELECT ${[`${index} AS i`, `${literal(key)} AS key`, "CAST(NULL AS VARCHAR) AS person", `${id} AS contact_id`, ...cells].join(", ")}`;
  });
  return `(${selects.join(" UNION ALL ")})`;
}
