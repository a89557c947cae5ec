import { foldName } from "../../model/fold-name.js";
import { Failure } from "../../model/failure.js";
import type { AttributeProgram, ExportProgram } from "../../model/plan/program.js";
import { findComparedColumn } from "../compile/consent-expression.js";
import { identifier, literal } from "../../plugin/relation.js";
import {
  attributePart,
  CONSENT_PART,
  ID_PART,
  textSql,
  withSegmentsSql,
  type SegmentReading,
} from "../desired/desired-sql.js";
import { dependsOnColumnCount, namesOfRows } from "../../engine/user-sql/addable-column.js";
import { parseSelect } from "../../engine/user-sql/user-sql.js";
import { editedSql } from "./edited-sql.js";
import type { Engine } from "../../engine/engine.js";
import type { ColumnFollower } from "./column-follower.js";
import type { Edit, FollowedColumn, Origin } from "./followed-column.js";
import { plainColumn } from "../../engine/user-sql/plain-column.js";
import { findColumn } from "./source-column.js";
import {
  isWrittenColumn,
  writtenColumn,
  writtenTable,
  WRITTEN_MARK,
} from "../../engine/load/typed-source.js";

/** A program whose values are what the sources say. */
export interface WrittenProgram {
  readonly program: ExportProgram;
  readonly readings: ReadonlyMap<string, SegmentReading>;
}

/** A value of a program that is a column and nothing else. */
interface PlainValue {
  readonly part: string;
  readonly sql: string;
  readonly column: string;
  /** SQL of the column, as it was written. */
  readonly written: string;
  readonly type: AttributeProgram["type"] | "id" | "consent";
  readonly decimal?: "," | ".";
}

/** A plain value in one of the segments. */
interface ValueUse {
  readonly value: PlainValue;
  readonly view: string;
  readonly followed: FollowedColumn;
}

/**
 * Has a program send what the sources say where it sends a column: a type that
 * was found for the column serves people's SQL, and what it prints is no longer
 * what somebody wrote (`19.90`, `TRUE`, `2025-01-02T10:00:00Z`). Throws where
 * a column cannot be followed to its source and would be sent otherwise. Runs
 * under the limits of people's SQL.
 */
export async function sendAsWritten(
  engine: Engine,
  program: ExportProgram,
  follower: ColumnFollower,
): Promise<WrittenProgram> {
  const retyped = [...engine.typedSources.values()].some((source) => source.retyped.size > 0);
  const uses = retyped ? await usesIn(engine, program, follower) : [];
  const written = uses.filter(({ followed }) => followed.kind === "written");
  const edited = withWrittenViews(program, written);
  const carried = new Set<ValueUse>();
  for (const view of new Set(written.map((use) => use.view))) {
    const here = written.filter((use) => use.view === view);
    if (await readsRows(engine, program, view, follower)) continue;
    if (!(await saysTheSame(engine, edited, view, here))) continue;
    const mayRepeat = here.some(({ followed }) => followed.kind === "written" && followed.mayRepeat === true);
    if (mayRepeat && !(await hasTheSameRows(engine, edited, view))) continue;
    for (const use of here) carried.add(use);
  }
  for (const use of uses) if (!carried.has(use)) await mustBePrintedAsWritten(engine, use);
  const readings = new Map<string, SegmentReading>();
  for (const { view } of carried) {
    const sqls = new Map(
      [...carried].filter((use) => use.view === view).map(({ value }) => [value.part, value.written]),
    );
    const from = `${identifier(writtenTable(view))} AS ${identifier(view)}`;
    readings.set(view, { from, sqlOf: (part, sql) => sqls.get(part) ?? sql });
  }
  return { program: edited, readings };
}

async function usesIn(engine: Engine, program: ExportProgram, follower: ColumnFollower): Promise<ValueUse[]> {
  const uses: ValueUse[] = [];
  for (const value of plainValues(program)) {
    for (const { view } of program.segments) {
      const followed = await follower.inTable(view, value.column);
      if ("origins" in followed && followed.origins.some((origin) => matters(engine, value, origin)))
        uses.push({ value, view, followed });
    }
  }
  return uses;
}

function plainValues({ attributes, person, consent }: ExportProgram): PlainValue[] {
  const values = attributes.map(({ name, sql, type, decimal }) => ({
    part: attributePart(name),
    sql,
    type,
    ...(decimal === undefined ? {} : { decimal }),
  }));
  const ids = person === undefined ? [] : [{ part: ID_PART, sql: person, type: "id" as const }];
  const plain = [...values, ...ids].flatMap((value) => {
    const { qualifier = "", column } = plainColumn(value.sql) ?? {};
    if (column === undefined) return [];
    return [{ ...value, column, written: `${qualifier}${identifier(writtenColumn(column))}` }];
  });
  const compared = consent === undefined ? undefined : findComparedColumn(consent);
  const { column } = (compared && plainColumn(compared.column)) ?? {};
  if (consent === undefined || compared === undefined || column === undefined) return plain;
  const written = compared.of(identifier(writtenColumn(column)));
  return [...plain, { part: CONSENT_PART, sql: consent, column, written, type: "consent" }];
}

/** Whether it makes a difference that the column was taken for something. Numbers and days are read by one grammar, either way. */
function matters(engine: Engine, { type, decimal }: PlainValue, origin: Origin): boolean {
  switch (type) {
    case "text":
    case "choice":
    case "phone":
    case "consent":
      return true;
    case "id":
      return findColumn(engine, origin)?.column.inDeclaredForm !== true;
    case "number":
      return origin.type === "BOOLEAN" || decimal === ",";
    case "boolean":
      return origin.type === "DOUBLE";
    case "date":
      return false;
  }
}

/** The program with its views once more, as far as these uses need what was written. */
function withWrittenViews(program: ExportProgram, uses: readonly ValueUse[]): ExportProgram {
  const edits = uses.flatMap(({ followed }) => (followed.kind === "written" ? followed.edits : []));
  if (edits.length === 0) return program;
  const views = program.views.flatMap((view) => {
    const own = edits.filter((edit: Edit) => edit.view === view.name);
    const sql = own.length === 0 ? undefined : editedSql(view.sql, own);
    return sql === undefined ? [view] : [view, { name: writtenTable(view.name), sql }];
  });
  return { ...program, views };
}

/** Whether an attribute or the like names a segment's whole rows, which would have the written columns, too. */
async function readsRows(
  engine: Engine,
  program: ExportProgram,
  view: string,
  follower: ColumnFollower,
): Promise<boolean> {
  const { email, person, consent, attributes, segments } = program;
  const orders = segments.flatMap((segment) => (segment.view === view ? [segment.orderBy] : []));
  const sqls = [email, person, consent, ...attributes.flatMap(({ sql, country }) => [sql, country])];
  const items = [...sqls, ...orders.map((sql) => sql && `rank() OVER (ORDER BY ${sql}\n)`)].flatMap((sql) =>
    sql === undefined ? [] : [`(${sql}\n)`],
  );
  const node = await parseSelect(engine, `SELECT ${items.join(", ")} FROM ${identifier(view)}`);
  if (dependsOnColumnCount(node)) return true;
  return namesOfRows(node).length > 0 && (await follower.inTable(view, foldName(view))).kind === "absent";
}

/** Whether a segment has the written columns, and is the same otherwise. */
async function saysTheSame(
  engine: Engine,
  program: ExportProgram,
  view: string,
  uses: readonly ValueUse[],
): Promise<boolean> {
  const columns = async (table: string): Promise<string[]> => {
    const described = await engine.outer.rows<{ column_name: string; column_type: string }>(
      `DESCRIBE ${withSegmentsSql(program)}SELECT * FROM ${identifier(table)}`,
    );
    return described.map((column) => `${column.column_name} ${column.column_type}`);
  };
  try {
    const now = await columns(writtenTable(view));
    const rest = now.filter((column) => !isWrittenColumn(column));
    return (
      rest.join("\n") === (await columns(view)).join("\n") &&
      uses.every(({ value }) => now.includes(`${writtenColumn(value.column)} VARCHAR`))
    );
  } catch (error) {
    if (!(error instanceof Failure) || error.kind === "interrupted") throw error;
    return false;
  }
}

/** Whether a segment that has the written columns has the same rows otherwise, though it may have more of one kind. */
async function hasTheSameRows(engine: Engine, program: ExportProgram, view: string): Promise<boolean> {
  const written = identifier(writtenTable(view));
  const rest = `SELECT COLUMNS(name -> NOT starts_with(name, ${literal(WRITTEN_MARK)})) FROM ${written}`;
  const [all, own] = [`SELECT * FROM ${identifier(view)}`, rest];
  const differing = await engine.outer.count(
    `${withSegmentsSql(program)}SELECT count(*) FROM ((${all} EXCEPT ${own}) UNION ALL (${own} EXCEPT ${all}))`,
  );
  return differing === 0;
}

/** Where what was written does not come along, the type must make no difference. An id has one form, whatever its type. */
async function mustBePrintedAsWritten(engine: Engine, { value, view, followed }: ValueUse): Promise<void> {
  if (!("origins" in followed) || !["text", "choice", "phone", "consent"].includes(value.type)) return;
  for (const { source, column, mixed } of followed.origins) {
    const written = identifier(writtenColumn(column));
    const typed = identifier(column);
    const printed = mixed === true || value.type === "phone" ? `CAST(${typed} AS VARCHAR)` : textSql(typed);
    const [left, right] =
      value.type === "consent"
        ? [`consent_form(CAST(${typed} AS VARCHAR))`, `coalesce(consent_form(${written}), '')`]
        : [printed, written];
    const { same } = await engine.outer.row<{ same: boolean }>(
      `SELECT coalesce(bool_and(coalesce(${left}, '') = ${right}), true) AS same FROM ${identifier(writtenTable(source))}`,
    );
    if (!same) throw notFollowed(engine, value, view, { source, column });
  }
}

function notFollowed(
  engine: Engine,
  { part }: PlainValue,
  view: string,
  { source, column }: Pick<Origin, "source" | "column">,
): Failure {
  const typed = engine.typedSources.get(foldName(source));
  const name = engine.outer
    .told(typed?.columns.map((one) => one.name) ?? [])
    .find((one) => foldName(one) === column);
  const named = name === undefined ? "a column" : `column "${name}"`;
  return new Failure(
    "invalid",
    `Segment "${view}", ${part}: the SQL brings ${named} of source "${typed?.name ?? source}" along in a way that cannot be followed, and its values would not be ${part === CONSENT_PART ? "compared" : "sent"} as they are written.`,
    {
      hint: `Declare the column as text in that source: \`columns: {${name ?? "NAME"}: text}\`. Where SQL compares it, write CAST(${name ?? "NAME"} AS DOUBLE) or the like.`,
    },
  );
}
