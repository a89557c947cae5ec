import type { FirstPlace } from "../../model/words/place.js";
import type { Addresses, ExportProgram } from "../../model/plan/program.js";
import { identifier } from "../../plugin/relation.js";
import { withSegmentsSql } from "./desired-sql.js";
import type { Engine } from "../../engine/engine.js";
import { findPlace } from "../written/place.js";
import { runUserQuery } from "./user-query.js";

/** What came of reading a segment that holds people back. */
export interface NamedAddresses {
  readonly segment: string;
  readonly use: "suppression" | "exclusion";
  readonly rows: number;
  readonly addresses: number;
  readonly blank: number;
  readonly unreadable: number;
  /** Which of its rows, from 1, are blank or unreadable: the first few. */
  readonly badRows: readonly number[];
}

/** How many of them are told. */
export const MOST_BAD_ROWS = 3;

/** Reads every segment that suppresses or excludes people of an export once, to tell whether all of it can be read. */
export async function readNamedAddresses(engine: Engine, program: ExportProgram): Promise<NamedAddresses[]> {
  const { suppressions, exclusions = [] } = program;
  const named = [
    ...suppressions.map((one) => ({ ...one, use: "suppression" as const })),
    ...exclusions
      .filter(({ view }) => !suppressions.some((other) => other.view === view))
      .map((one) => ({ ...one, use: "exclusion" as const })),
  ];
  const read: NamedAddresses[] = [];
  for (const one of named) {
    const [facts] = await runUserQuery(engine, program, [one.view], () =>
      engine.outer.rows<Omit<NamedAddresses, "segment" | "use">>(
        `${withSegmentsSql(program)}${countSql(one)}`,
      ),
    );
    if (facts !== undefined) read.push({ segment: one.view, use: one.use, ...facts });
  }
  return read;
}

/** Where the first of them is in a source, if it can be followed there. */
export async function findBadAddress(
  engine: Engine,
  program: ExportProgram,
  view: string,
): Promise<FirstPlace | undefined> {
  const known = [...program.suppressions, ...(program.exclusions ?? [])].find((one) => one.view === view);
  if (known === undefined) return undefined;
  const { email } = known;
  const isOne = (value: string): string => `coalesce(len(named_keys(${value})), 0) = 0`;
  const { first } = await engine.outer.underLimits(`Segment "${view}"`, () =>
    findPlace(
      engine,
      { ...program, email, segments: [{ view, orderBy: undefined }] },
      {
        sql: email,
        isOne,
        keys: `${withSegmentsSql(program)}SELECT address_key(${email}) FROM ${identifier(view)} WHERE ${isOne(email)}`,
        nameless: true,
        database: engine.outer,
      },
    ),
  );
  return first;
}

function countSql({ view, email }: Addresses): string {
  return `SELECT count(*) AS rows, count(*) FILTER (len(keys) = 0) AS blank, count(*) FILTER (keys IS NULL) AS unreadable,
      CAST(coalesce(sum(len(keys)), 0) AS BIGINT) AS addresses,
      coalesce(min(row, ${MOST_BAD_ROWS}) FILTER (keys IS NULL OR len(keys) = 0), []) AS "badRows"
    FROM (SELECT row_number() OVER () AS row, named_keys(${email}) AS keys FROM ${identifier(view)})`;
}
