/** Where values that a message is about stand, as far as that is known. Holds none of them. */
export interface Place {
  /** The column of a source that they are in; missing where SQL computes them. */
  readonly column?: string | undefined;
  /** The first of them in the data. */
  readonly first?: FirstPlace | undefined;
}

/** A row of a source. */
export interface RowPlace {
  /** Missing in a table, whose rows have no order. */
  readonly file?: string;
  readonly line?: number;
  /** Its number among the rows of the file, from 1, where there are no lines or none can be told. */
  readonly row?: number;
}

export interface FirstPlace extends RowPlace {
  /**
   * What is there: the first of the values; the address of the first of those whose
   * values they are, where SQL computes them or brings them from elsewhere; or a value
   * of that kind, where SQL hides whose they are.
   */
  readonly of: "value" | "address" | "example";
  readonly source: string;
}

const WHAT = { value: "first in", address: "first address in", example: "such as in" };

/** As it follows what is said of the values: `column "born", first in people.csv, line 12`; empty where nothing is known. */
export function placeInWords({ column, first }: Place): string {
  const named = column === undefined ? [] : [`column "${column}"`];
  const row = first === undefined ? undefined : rowInWords(first);
  const at =
    first === undefined ? [] : [row === undefined ? `source ${first.source}` : `${WHAT[first.of]} ${row}`];
  return [...named, ...at].join(", ");
}

/** As `people.csv, line 12`; undefined where no file is known. */
export function rowInWords({ file, line, row }: RowPlace): string | undefined {
  if (file === undefined) return undefined;
  return `${file}, ${line === undefined ? `row ${row}` : `line ${line}`}`;
}

/** What is known of a place in brackets, after a space. */
export function placeInBrackets(place: Place | undefined): string {
  const words = place === undefined ? "" : placeInWords(place);
  return words === "" ? "" : ` (${words})`;
}
