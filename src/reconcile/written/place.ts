import type { ExportProgram } from "../../model/plan/program.js";
import type { FirstPlace, Place } from "../../model/words/place.js";
import { shownName } from "../../model/words/column-name.js";
import type { Database } from "../../engine/database.js";
import type { Engine } from "../../engine/engine.js";
import { findFirstRow } from "../../engine/load/first-row.js";
import { unlessFailed } from "../../model/unless-failed.js";
import { SourceColumns, type SourceColumn } from "./source-column.js";

/** Values of an export that a message is about. */
export interface SoughtValues {
  /** The program's SQL of the value. */
  readonly sql: string;
  /** SQL: whether a value is one of them, given SQL of it, and of its text as the source has it. */
  isOne(value: string, written: string): string;
  /** SELECT of the keys of those whose values they are. */
  readonly keys: string;
  /** Whether some of them may have no address. */
  readonly nameless?: true;
  /** Where all of this is asked, if not in our own database: SQL of people runs in the outer one alone. */
  readonly database?: Database;
}

/**
 * Where values of an export are in its sources. People's SQL is not run
 * again, but where `keys` has it: a value is found by its column and by the
 * address in the same row. Empty where SQL hides both, and for a config that
 * nobody has reviewed, which could ask in this way who stands where.
 */
export async function findPlace(
  engine: Engine,
  program: ExportProgram,
  sought: SoughtValues,
): Promise<Place> {
  if (!engine.outer.tellsHeaders) return {};
  const columns = new SourceColumns(engine, program);
  let place: Place = {};
  for (const { view } of program.segments) {
    const values = await columns.of(view, sought.sql);
    const addresses = await columns.of(view, program.email);
    place = { ...named(engine, values), ...place };
    for (const pair of pairs(values, addresses, sought.nameless)) {
      const first = await firstOf(engine, sought, pair);
      if (first !== undefined)
        return { ...named(engine, pair.value === undefined ? values : [pair.value]), first };
    }
  }
  return place;
}

/** The columns of a value and of an address in one row, as far as there are both. */
interface Pair {
  readonly value?: SourceColumn;
  readonly address?: SourceColumn;
}

/** Both in one source first, else the address; the value alone where there is none, or somebody may have none. */
function pairs(
  values: readonly SourceColumn[],
  addresses: readonly SourceColumn[],
  nameless = false,
): Pair[] {
  const both = addresses.flatMap((address) =>
    values.filter(({ source }) => source === address.source).map((value) => ({ value, address })),
  );
  const people = both.length > 0 ? both : addresses.map((address) => ({ address }));
  const alone = nameless || people.length === 0 ? values.map((value) => ({ value })) : [];
  return [...people, ...alone];
}

async function firstOf(
  engine: Engine,
  { isOne, keys, database = engine }: SoughtValues,
  { value, address }: Pair,
): Promise<FirstPlace | undefined> {
  const source = (value ?? address)?.source;
  if (source === undefined) return undefined;
  const conditions = [
    ...(value === undefined ? [] : [isOne(value.column.sql, value.column.written ?? value.column.sql)]),
    ...(address === undefined ? [] : [`address_key(${address.column.sql}) IN (${keys})`]),
  ];
  const columns = new Set([value, address].flatMap((one) => (one === undefined ? [] : [one.column.name])));
  const row = await unlessFailed(() =>
    findFirstRow(database, source.rows, {
      condition: conditions.map((one) => `(${one})`).join(" AND "),
      columns: [...columns],
    }),
  );
  if (row === undefined) return undefined;
  const of = value === undefined ? "address" : address === undefined ? "example" : "value";
  return { of, source: source.name, ...row };
}

/** A name that looks like somebody's value is not told. */
function named({ outer }: Engine, [value]: readonly SourceColumn[]): Place {
  if (value === undefined) return {};
  const [name] = outer.told([value.column.name]);
  return name === undefined ? {} : { column: shownName(name) };
}
