import { createHash } from "node:crypto";
import type { HoldReason } from "../../model/plan/change.js";
import type { ExportProgram } from "../../model/plan/program.js";
import { counted } from "../../model/words/counted.js";
import { placeInBrackets, type Place } from "../../model/words/place.js";
import { Failure } from "../../model/failure.js";
import { literal } from "../../plugin/relation.js";
import { sendAsWritten } from "../written/as-written.js";
import { findDecimalCommas } from "../written/decimal-commas.js";
import { refuseIds, type IdDoubt } from "./doubtful-ids.js";
import type { Engine } from "../../engine/engine.js";
import { ColumnFollower } from "../written/column-follower.js";
import { findTables } from "../written/program-tables.js";
import { findAnswers } from "./profile-places.js";
import { profilesSql, suppressedSql } from "./desired-sql.js";
import { orderByTimes } from "../written/text-times.js";
import { runUserQuery } from "./user-query.js";
import { createForgotten, type ForgottenAmong } from "../people/forgotten.js";
import { PHONE_METADATA_VERSION } from "../../engine/values/phone.js";

/** Names of the tables that hold one export's desired people. */
export interface DesiredTables {
  /** Every profile; see `profilesSql`. */
  readonly profiles: string;
  /**
   * `key`, `reason`, `elsewhere` (opted out only of a list that the export came
   * from, so that the destination goes on sending here): addresses that are held back.
   */
  readonly held: string;
  /** Rows of `profiles` that lost to another profile of the same address. */
  readonly losers: string;
  /** `key`: addresses that our own suppressions name. */
  readonly suppressed: string | undefined;
  /** `key`, `person`: addresses without an id of today, whose person is known by a former one; undefined where there are none. */
  readonly byFormerId?: string;
}

/** Who opted out, and of which lists that matters to an export. */
export interface OptedOut {
  /** Table `key`, `list_id` (NULL = everywhere). */
  readonly table: string;
  /** Undefined when it is yet to be made. */
  readonly list: string | undefined;
  /** Lists that the export came from. */
  readonly formerLists: readonly string[];
}

/** SQL: whether an opt-out is from everything or from one of these lists. */
export function onListsSql(lists: readonly string[]): string {
  return lists.length === 0
    ? "list_id IS NULL"
    : `(list_id IS NULL OR list_id IN (${lists.map(literal).join(", ")}))`;
}

export interface DesiredFacts {
  readonly rows: number;
  readonly invalid: number;
  /** Distinct valid addresses. */
  readonly desired: number;
  /** Segments of the export without a single profile. */
  readonly emptySegments: readonly string[];
  /** Profiles of which neither yes nor no is said of consent, but something. */
  readonly unclearConsent: number;
}

/** Part of every input hash: another mapping makes every row a candidate, and only those. */
export function mappingDigest(program: ExportProgram): string {
  const attributes = program.attributes.map(
    ({ field, type, nulls, choices, maxLength, sms, format, decimal }) => [
      field,
      type,
      nulls,
      choices,
      maxLength,
      sms,
      // A point is what a number has anyway.
      ...[format, decimal === "." ? undefined : decimal].filter((form) => form !== undefined),
    ],
  );
  const phone = program.attributes.some((attribute) => attribute.type === "phone")
    ? PHONE_METADATA_VERSION
    : "";
  return createHash("sha256")
    .update(JSON.stringify([attributes, phone]))
    .digest("hex")
    .slice(0, 16);
}

/** Evaluates a program: who is desired, who is held back, and which profile of an address wins. */
export async function evaluateProgram(
  engine: Engine,
  program: ExportProgram,
  prefix: string,
  optedOut: OptedOut,
  forgotten?: ForgottenAmong,
): Promise<{ tables: DesiredTables; facts: DesiredFacts }> {
  const tables: DesiredTables = {
    profiles: `${prefix}_profiles`,
    held: `${prefix}_held`,
    losers: `${prefix}_losers`,
    suppressed: program.suppressions.length === 0 ? undefined : `${prefix}_suppressed`,
  };
  const views = program.segments.map(({ view }) => view);
  await runUserQuery(engine, program, views, async () => {
    // Both follow columns through the same SQL, which is parsed once.
    const follower = new ColumnFollower(findTables(engine, program));
    const written = await sendAsWritten(engine, await orderByTimes(engine, program), follower);
    const sql = profilesSql(
      written.program,
      mappingDigest(program),
      written.readings,
      await findDecimalCommas(engine, program, follower),
    );
    await engine.keepOuter(tables.profiles, sql);
  });
  const { rows, invalid, doubt, codes, unclear } = await engine.row<CountedProfiles>(
    `SELECT count(*) AS rows, count(*) FILTER (NOT ok) AS invalid, min(doubt) FILTER (ok) AS doubt,
      count(*) FILTER (answer = 'code') AS codes, count(*) FILTER (answer = 'other') AS unclear FROM ${tables.profiles}`,
  );
  if (doubt !== null) await refuseIds(engine, program, tables.profiles, doubt);
  if (codes > 0) throw isCode(codes, await findAnswers(engine, program, tables, ["code"]));
  await engine.run(
    `CREATE TABLE ${tables.held} AS ${await heldSql(engine, program, tables, prefix, optedOut, forgotten)}`,
  );
  await engine.run(`CREATE TABLE ${tables.losers} AS ${losersSql(tables)}`);
  const losers = await engine.count(`SELECT count(*) FROM ${tables.losers}`);
  const emptySegments = await findEmpty(engine, tables, views, rows);
  const desired = rows - invalid - losers;
  return { tables, facts: { rows, invalid, desired, emptySegments, unclearConsent: unclear } };
}

/** Segments (of the program, in its order) of which there is no profile. */
async function findEmpty(
  engine: Engine,
  { profiles }: DesiredTables,
  segments: readonly string[],
  rows: number,
): Promise<string[]> {
  if (rows === 0) return [...segments];
  if (segments.length === 1) return [];
  const filled = await engine.rows<{ rank: number }>(`SELECT DISTINCT rank FROM ${profiles}`);
  return segments.filter((_, rank) => !filled.some((row) => row.rank === rank));
}

type CountedProfiles = Record<"rows" | "invalid" | "codes" | "unclear", number> & { doubt: IdDoubt | null };

/** Read as a truth value, every code but 0 would be a yes. */
function isCode(values: number, { column, first }: Place): Failure {
  const of = column === undefined ? "" : ` of column "${column}"`;
  return new Failure(
    "invalid",
    `consent: ${counted(values, `value${of} is a number`, `values${of} are numbers`)} other than 0 and 1${placeInBrackets({ first })}, so that nobody can tell whether they mean yes.`,
    {
      hint: `Say which values mean yes: \`consent: {column: ${column === undefined ? "NAME" : JSON.stringify(column)}, is: [1]}\`. Nothing of this export is sent until then.`,
    },
  );
}

/** Any profile of an address that lacks consent or is suppressed holds the address back, whoever wins. */
async function heldSql(
  engine: Engine,
  program: ExportProgram,
  tables: DesiredTables,
  prefix: string,
  optedOut: OptedOut,
  forgotten: ForgottenAmong | undefined,
): Promise<string> {
  const reasons: [HoldReason, string][] = [];
  if (forgotten !== undefined) {
    await createForgotten(engine, `${prefix}_forgotten`, tables.profiles, program, forgotten);
    reasons.push(["forgotten", `SELECT key FROM ${prefix}_forgotten`]);
  }
  const suppressed = suppressedSql(program);
  if (suppressed !== undefined) {
    const views = program.suppressions.map(({ view }) => view);
    await runUserQuery(engine, program, views, () => engine.keepOuter(`${prefix}_suppressed`, suppressed));
    reasons.push(["suppressed", `SELECT key FROM ${prefix}_suppressed`]);
  }
  if (program.consent !== undefined) {
    reasons.push(["no consent", `SELECT key FROM ${tables.profiles} WHERE NOT consent`]);
  }
  const here = optedOut.list === undefined ? [] : [optedOut.list];
  reasons.push(["opted out", `SELECT key FROM ${optedOut.table} WHERE ${onListsSql(here)}`]);
  const elsewhere = reasons.length;
  if (optedOut.formerLists.length > 0)
    reasons.push([
      "opted out",
      `SELECT key FROM ${optedOut.table} WHERE ${onListsSql(optedOut.formerLists)}`,
    ]);
  const union = reasons.map(
    ([reason, sql], order) => `SELECT key, '${reason}' AS reason, ${order} AS priority FROM (${sql})`,
  );
  // A NULL among the keys would make `NOT IN` true of nobody.
  return `SELECT key, arg_min(reason, priority) AS reason, min(priority) >= ${elsewhere} AS elsewhere FROM (${union.join(" UNION ALL ")}) WHERE key IS NOT NULL GROUP BY key`;
}

/** Only addresses that occur twice are sorted; nearly all occur once. Never file order. */
function losersSql({ profiles }: DesiredTables): string {
  return `SELECT row FROM (
    SELECT row, row_number() OVER (PARTITION BY key ORDER BY rank, ord, input_hash, person) AS place
    FROM ${profiles}
    WHERE ok AND key IN (SELECT key FROM ${profiles} WHERE ok GROUP BY key HAVING count(*) > 1)
  ) WHERE place > 1`;
}

/** SELECT of the deliverable people: `key`, `profile` (its row in `profiles`), `person_hash`, `input_hash`. */
export function deliverableSql({ profiles, held, losers }: DesiredTables): string {
  return `SELECT key, row AS profile, person_hash, input_hash FROM ${profiles}
    WHERE ok AND row NOT IN (SELECT row FROM ${losers}) AND key NOT IN (SELECT key FROM ${held})`;
}
