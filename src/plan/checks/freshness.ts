import { isFromFuture } from "../../model/believed-time.js";
import { shownTime } from "../../model/words/shown-time.js";
import type { MaxAge } from "../../model/config/source.js";
import type { RefusingCheck } from "./check.js";

/** How old the data of a source is. */
export interface SourceAge {
  readonly source: string;
  readonly maxAge: MaxAge;
  /** Of its newest file, or the newest value of the column; undefined when there is none, as of a source without files. */
  readonly newestAt: Date | undefined;
}

export interface FreshnessFacts {
  readonly ages: readonly SourceAge[];
  readonly now: Date;
  readonly timezone: string;
}

/** Sources that are older than they may be. */
export const freshness = {
  name: "freshness",
  fails: "a source is older than its `maxAge`",
  asked: "once",
  overridable: true,
  holdsWithdrawals: false,
  additions: false,
  find: ({ ages, now, timezone }) =>
    ages.flatMap(({ source, maxAge, newestAt }) => {
      const future = newestAt !== undefined && isFromFuture(newestAt.getTime(), now.getTime());
      const age = newestAt === undefined || future ? Infinity : (now.getTime() - newestAt.getTime()) / 1000;
      if (age <= maxAge.seconds) return [];
      const { column, seconds } = maxAge;
      const newest =
        column === undefined
          ? `The newest file of source "${source}"`
          : `The newest value of ${column} in source "${source}"`;
      const found = future
        ? `${newest} is from ${timeOf(newestAt, column, timezone)} has not come yet, so its age is not known`
        : age === Infinity
          ? `Source "${source}" ${column === undefined ? "has no files" : `holds no value of ${column}`}, so its age is not known`
          : `${newest} is ${column !== undefined && age > LONG ? `more than ${inWords(LONG)}` : older(age, seconds)} old`;
      return [
        {
          message: `${found}, at most ${inWords(seconds)} are allowed.`,
          hint: column === undefined && newestAt === undefined ? NAME_COLUMN : LOOK,
        },
      ];
    }),
} as const satisfies RefusingCheck<FreshnessFacts>;

const LOOK = "Look why nothing newer has come. If this data is meant, raise the source's `maxAge`.";
const NAME_COLUMN = "Name a column that says when its rows were written: `maxAge: {column: …, maxAge: …}`.";

/** Past this, the age of a column's newest value would tell somebody's birthday rather than how fresh the data is. */
const LONG = 100 * 86_400;

/** A column's value is somebody's data: it is not shown. */
function timeOf(newest: Date, column: string | undefined, timezone: string): string {
  return column === undefined ? `${shownTime(newest, timezone)}, which` : "a time that";
}

const UNITS = [
  { name: "d", seconds: 86_400, from: 72 * 3600 },
  { name: "h", seconds: 3600, from: 2 * 3600 },
  { name: "min", seconds: 60, from: 120 },
] as const;

/** `31 h`, `26.4 h`, `90 min`. */
function inWords(seconds: number, round = Math.round): string {
  const { name, seconds: each } = UNITS.find(({ from }) => seconds >= from) ?? { name: "s", seconds: 1 };
  return `${round((seconds / each) * 10) / 10} ${name}`;
}

/** An age that is over a limit never looks as if it were not. */
function older(age: number, limit: number): string {
  return inWords(age) === inWords(limit) ? inWords(age, Math.ceil) : inWords(age);
}
