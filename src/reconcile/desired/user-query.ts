import { Failure } from "../../model/failure.js";
import type { ExportProgram } from "../../model/plan/program.js";
import { identifier } from "../../plugin/relation.js";
import { withSegmentsSql } from "./desired-sql.js";
import type { Engine } from "../../engine/engine.js";
import { isConversionFault } from "../../engine/engine-error.js";
import { explainFailedCast } from "./failed-cast.js";
import { explainMissingColumn } from "../../engine/user-sql/missing-column.js";
import { checkSize } from "../../engine/user-sql/user-sql.js";

/** Runs a query that holds the SQL of an export's segments and attributes, under the limits; a failure names where it lies. */
export async function runUserQuery<Result>(
  engine: Engine,
  program: ExportProgram,
  views: readonly string[],
  work: () => Promise<Result>,
): Promise<Result> {
  const what = `${views.length === 1 ? "Segment" : "Segments"} ${views.map((view) => `"${view}"`).join(", ")}`;
  try {
    await checkSize(engine, wholeOf(program, views), what);
    return await engine.outer.underLimits(what, work);
  } catch (error) {
    if (!(error instanceof Failure) || error.kind === "interrupted") throw error;
    if ([what, ...views.map((view) => `Segment "${view}"`)].some((place) => error.message.startsWith(place)))
      throw error;
    const found = await findCulprit(engine, program, views, error);
    const cast = found && isConversionFault(error) ? await explainCastIn(engine, program, found) : undefined;
    const missing = found && (await explainMissingColumn(engine, program, found.view, error));
    const { message, hint } = cast ?? missing ?? error;
    throw new Failure(error.kind, `${found?.where ?? what}: ${message}`, {
      ...(hint === undefined ? {} : { hint }),
      cause: error,
    });
  }
}

/** Segments build on each other, so that each may be small and what comes of them large. */
function wholeOf(program: ExportProgram, [view = ""]: readonly string[]): string {
  const { email, person, consent, attributes } = program;
  const values = [email, person, consent, ...attributes.map(({ sql }) => sql)].filter(
    (sql) => sql !== undefined,
  );
  return `${withSegmentsSql(program)}SELECT ${values.map((sql) => `(${sql}\n)`).join(", ")} FROM ${identifier(view)} AS profile`;
}

/** A part of an export that fails, and its SQL; undefined where what makes the rows of the segment does. */
interface Culprit {
  readonly where: string;
  readonly view: string;
  readonly sql: string | undefined;
}

/** Which column does not convert, and to what. */
async function explainCastIn(
  engine: Engine,
  program: ExportProgram,
  { view, sql }: Culprit,
): ReturnType<typeof explainFailedCast> {
  const own = program.views.find(({ name }) => name === view);
  try {
    if (sql !== undefined)
      return await explainFailedCast(
        engine,
        `SELECT ${sql}`,
        { before: withSegmentsSql(program), table: view },
        program,
      );
    return own && (await explainFailedCast(engine, own.sql, undefined, program));
  } catch (error) {
    // What went wrong in the first place is told all the same.
    if (!(error instanceof Failure) || error.kind === "interrupted") throw error;
    return undefined;
  }
}

/** The engine's message may quote data and does not say where; asking for each part alone does. */
async function findCulprit(
  engine: Engine,
  program: ExportProgram,
  views: readonly string[],
  { message }: Failure,
): Promise<Culprit | undefined> {
  const failsToRun = async (where: string, select: string): Promise<boolean> => {
    try {
      await engine.outer.underLimits(where, () => engine.outer.run(`${withSegmentsSql(program)}${select}`));
      return false;
    } catch (error) {
      return error instanceof Failure && error.message === message;
    }
  };
  const fails = (where: string, expression: string, view: string): Promise<boolean> =>
    failsToRun(where, `SELECT count(hash(${expression}\n)) FROM ${identifier(view)} AS profile`);
  const { suppressions, exclusions = [] } = program;
  const restraint = [...suppressions, ...exclusions];
  const parts: [string, string][] = [
    ["match.email", program.email],
    ...(program.person === undefined ? [] : [["match.id", program.person] as [string, string]]),
    ...(program.consent === undefined ? [] : [["consent", program.consent] as [string, string]]),
    ...program.attributes.map(({ name, sql }) => [`attribute ${name}`, sql] as [string, string]),
  ];
  for (const view of views) {
    const segment = `Segment "${view}"`;
    if (await fails(segment, "COLUMNS(*)", view)) {
      // What it builds on comes first.
      for (const { name } of program.views) {
        const where = `Segment "${name}"`;
        if (await fails(where, "COLUMNS(*)", name)) return { where, view: name, sql: undefined };
      }
      return { where: segment, view, sql: undefined };
    }
    const own = program.segments.some((one) => one.view === view)
      ? parts
      : restraint.flatMap((one): [string, string][] => (one.view === view ? [["email", one.email]] : []));
    const { orderBy } = program.segments.find((one) => one.view === view) ?? {};
    if (orderBy !== undefined) {
      const where = `${segment}, orderBy`;
      const sql = `FROM (SELECT rank() OVER (ORDER BY ${orderBy}\n) AS ord FROM ${identifier(view)} AS profile)`;
      if (await failsToRun(where, `SELECT count(hash(ord)) ${sql}`)) return { where, view, sql: undefined };
    }
    for (const [name, sql] of own) {
      const where = `Segment "${view}", ${name}`;
      if (await fails(where, sql, view)) return { where, view, sql };
    }
  }
  return undefined;
}
