import {
  evaluateProgram,
  deliverableSql,
  type DesiredFacts,
  type DesiredTables,
} from "../../../src/reconcile/desired/desired.ts";
import type { Engine } from "../../../src/engine/engine.ts";
import { finalColumnsSql } from "../../../src/reconcile/desired/desired-sql.ts";
import type { AttributeProgram, ExportProgram } from "../../../src/model/plan/program.ts";

let runs = 0;

export function attribute(sql: string, more: Partial<AttributeProgram> = {}): AttributeProgram {
  return {
    name: sql,
    field: sql,
    sql: `"${sql}"`,
    type: "text",
    nulls: "leave",
    choices: [],
    maxLength: undefined,
    country: undefined,
    sms: false,
    ...more,
  };
}

/** A program over views or tables of the engine, by default the one named `people`. */
export function program(more: Partial<ExportProgram> = {}): ExportProgram {
  return {
    version: 1,
    views: [],
    sources: [],
    segments: [{ view: "people", orderBy: undefined }],
    email: '"email"',
    person: undefined,
    consent: undefined,
    suppressions: [],
    attributes: [],
    ...more,
  };
}

export interface Desired {
  readonly tables: DesiredTables;
  readonly facts: DesiredFacts;
  /** The deliverable people in order of their keys: key, person, and each final value as text. */
  readonly people: readonly Record<string, string | null>[];
  readonly held: Readonly<Record<string, string>>;
  /** Hex input hash by key. */
  readonly hashes: Readonly<Record<string, string>>;
}

/** Evaluates a program; `optedOut` is a SELECT of `key` and `list_id`. */
export async function desire(
  engine: Engine,
  wanted: ExportProgram,
  {
    optedOut = "SELECT '' AS key, '' AS list_id WHERE false",
    list = "7" as string | null,
    formerLists = [] as string[],
  } = {},
): Promise<Desired> {
  const prefix = `d${(runs += 1)}`;
  await engine.run(`CREATE TABLE ${prefix}_opted AS ${optedOut}`);
  const { tables, facts } = await evaluateProgram(engine, wanted, prefix, {
    table: `${prefix}_opted`,
    list: list ?? undefined,
    formerLists,
  });
  const values = finalColumnsSql(wanted, "p").map((column) =>
    column.replace(/^(.*) AS (\w+)$/s, "CAST($1 AS VARCHAR) AS $2"),
  );
  const people = await engine.rows<Record<string, string | null>>(
    `SELECT d.key, p.person${values.map((column) => `, ${column}`).join("")}
     FROM (${deliverableSql(tables)}) AS d JOIN ${tables.profiles} AS p ON p.row = d.profile ORDER BY d.key`,
  );
  const held = await engine.rows<{ key: string; reason: string }>(
    `SELECT key, reason FROM ${tables.held} ORDER BY key`,
  );
  const hashes = await engine.rows<{ key: string; hash: string }>(
    `SELECT key, lower(hex(input_hash)) AS hash FROM (${deliverableSql(tables)})`,
  );
  return {
    tables,
    facts,
    people,
    held: Object.fromEntries(held.map(({ key, reason }) => [key, reason])),
    hashes: Object.fromEntries(hashes.map(({ key, hash }) => [key, hash])),
  };
}

/** Makes a table of text columns out of rows such as `ada@x member`; `null`, `true` and `false` are themselves. */
export async function createRows(
  engine: Engine,
  columns: string,
  ...rows: readonly string[]
): Promise<string> {
  const name = `rows_${(runs += 1)}`;
  const names = columns.split(" ");
  const cell = (text = "null"): string => (/^(null|true|false)$/.test(text) ? text : `'${text}'`);
  const values = rows.map((row) => {
    const cells = row.split(" ");
    return `(${names.map((_, i) => cell(cells[i])).join(", ")})`;
  });
  const none = `SELECT ${names.map((one) => `NULL::VARCHAR AS ${one}`).join(", ")} WHERE false`;
  const some = `SELECT * FROM (VALUES ${values.join(", ")}) AS t(${names.join(", ")})`;
  await engine.run(`CREATE TABLE ${name} AS ${values.length === 0 ? none : some}`);
  return name;
}
