import { maskAddresses } from "../platform/mask-addresses.js";
import { Failure } from "../model/failure.js";

/** The first part of an engine message; what follows may quote the data. */
const SAFE_PREFIX: readonly [RegExp, (match: RegExpMatchArray) => Failure][] = [
  [/^INTERRUPT/i, () => new Failure("interrupted", "The query was interrupted.")],
  [
    /^Out of Memory/i,
    () =>
      new Failure("permanent", "The engine ran out of memory.", {
        hint: "Give the query less to sort or join at once, or free temporary disk space so that it can spill.",
      }),
  ],
  [
    /No space left on device|Could not write/i,
    () =>
      new Failure("permanent", "There is not enough disk space for the engine's temporary files.", {
        hint: "Free some space in the temporary folder, or set TMPDIR to a larger disk, and run again.",
      }),
  ],
  [
    /Could not set lock on file/i,
    () =>
      new Failure("transient", "The database is open for writing in another process.", {
        hint: "Run again when it is closed, or point the source at a copy.",
      }),
  ],
  [
    /not a valid DuckDB database file|in-memory database in read-only mode/i,
    () => new Failure("invalid", "The file is not a DuckDB database."),
  ],
  [
    /Invalid unicode|not utf-8 encoded/i,
    () =>
      new Failure("invalid", "A file is not encoded in UTF-8.", {
        hint: "Convert it first, e.g. with `iconv -f latin1 -t utf-8`.",
      }),
  ],
  [
    /^Invalid Input Error: Malformed JSON[^\n]*? in (?:line|record\/value) (\d+)/i,
    (match) =>
      new Failure("invalid", `a JSON Lines file is not valid JSON at or before line ${match[1]}.`, {
        hint: "The file may be cut off, or hold something else than one JSON object a line.",
      }),
  ],
  [
    /Maximum line size of (\d+) bytes exceeded/i,
    (match) =>
      new Failure(
        "invalid",
        `a line of a CSV file is longer than ${Number(match[1]).toLocaleString("en-US")} bytes.`,
        {
          hint: 'A value may have a " that is never closed. Values that are really this long fit into Parquet or JSON Lines files.',
        },
      ),
  ],
  [
    /Error when sniffing file/i,
    () =>
      new Failure(
        "invalid",
        "a CSV file cannot be read: its rows do not all have the columns of its header.",
        {
          hint: 'The file may be cut off, a value with a delimiter, quote or line end may not be quoted with "…", its line ends may be mixed, or `delimiter` is another one.',
        },
      ),
  ],
  [
    /Permission Error|disabled by configuration|configuration has been locked/i,
    () =>
      new Failure("invalid", "The SQL tries to reach files, extensions or settings, which is locked.", {
        hint: "Declare the data as a source and select from it by name.",
      }),
  ],
  [
    /Referenced column "([^"]+)" not found/i,
    (match) => {
      const candidates = /Candidate bindings: (.+)/.exec(match.input ?? "")?.[1];
      const hint = `Columns with a similar name: ${candidates?.split("\n")[0]}.`;
      return new Failure(
        "invalid",
        `There is no column "${match[1]}".`,
        candidates === undefined ? {} : { hint },
      );
    },
  ],
  [
    /Table with name "?([^"\s!]+)"? does not exist/i,
    (match) => new Failure("invalid", `There is no source or segment "${match[1]}".`),
  ],
  [
    /(?:Scalar|Aggregate|Table) Function with name "?([^"\s]+)"? does not exist/i,
    (match) => new Failure("invalid", `There is no function "${match[1]}" in the SQL dialect (DuckDB).`),
  ],
];

/**
 * Turns an engine error into a `Failure`. DuckDB's conversion and CSV errors
 * quote cell values, so anything not known to be harmless is reduced to its
 * kind: personal data must not reach messages.
 */
export function explainEngineError(error: unknown): Failure {
  if (error instanceof Failure) return error;
  // What is quoted of the SQL may hold an address that somebody wrote into it.
  return explained(maskAddresses(error instanceof Error ? error.message : String(error)));
}

function explained(text: string): Failure {
  for (const [pattern, make] of SAFE_PREFIX) {
    const match = pattern.exec(text);
    if (match !== null) return make(match);
  }
  const csv = /CSV Error on Line: (\d+)[\s\S]*?(Expected Number of Columns: \d+ Found: \d+)/.exec(text);
  if (csv !== null) {
    return new Failure(
      "invalid",
      `line ${csv[1]} of a CSV file has the wrong number of columns (${csv[2]?.toLowerCase()}).`,
      {
        hint: "The file may be cut off, or a value with a delimiter or line end is not quoted.",
      },
    );
  }
  const kind = /^([A-Z][A-Za-z ]+ Error)/.exec(text)?.[1] ?? "Error";
  const binder = /^(?:Binder|Parser|Catalog) Error: ([^\n]{1,200})/.exec(text)?.[1];
  if (binder !== undefined) return new Failure("invalid", `SQL: ${binder}`);
  return new Failure("permanent", `The engine reported: ${kind}.`, {
    hint: "The details may quote data and are not shown; check the SQL and the column types of this source or segment.",
  });
}
