import { Failure } from "../model/failure.js";
import { ENCODINGS_HINT } from "../model/file-encoding.js";

/*
 * DuckDB's messages quote the data, and SQL can shape what they quote. So none
 * is repeated, not even in part: what is told is composed of our words and of
 * what is known from elsewhere.
 */

/** What may befall any statement. */
const ANYWHERE: readonly [RegExp, () => Failure][] = [
  [/^INTERRUPT/i, () => new Failure("interrupted", "The query was interrupted.")],
  [
    /^Out of Memory/i,
    () =>
      new Failure("permanent", "The engine ran out of memory.", {
        hint: "Give the query less to sort or join at once, or free temporary disk space so that it can spill.",
      }),
  ],
  [
    /^IO Error: .*(No space left on device|Could not write)/i,
    () =>
      new Failure("permanent", "There is not enough disk space for the engine's temporary files.", {
        hint: "Free some space in the temporary folder, or set TMPDIR to a larger disk, and run again.",
      }),
  ],
  [
    /^Permission Error|^[\w ]+ Error: .*(disabled by configuration|configuration has been locked)/i,
    () =>
      new Failure("invalid", "The SQL tries to reach files, extensions or settings, which is locked.", {
        hint: "Declare the data as a source and select from it by name.",
      }),
  ],
];

/** What may be wrong with files, told of statements of ours that read them. Of the message only small numbers at its start are taken. */
const IN_FILES: readonly [RegExp, (match: RegExpExecArray) => Failure][] = [
  [
    /^IO Error: Could not set lock on file/,
    () =>
      new Failure("transient", "The database is open for writing in another process.", {
        hint: "Run again when it is closed, or point the source at a copy.",
      }),
  ],
  [
    /^[\w ]+ Error: .*(not a valid DuckDB database file|in-memory database in read-only mode)/,
    () => new Failure("invalid", "The file is not a DuckDB database."),
  ],
  [
    /^Invalid Input Error: .*(Invalid unicode|not utf-8 encoded)/s,
    () =>
      new Failure("invalid", "A file is not encoded in UTF-8.", {
        hint: ENCODINGS_HINT,
      }),
  ],
  [
    /^Invalid Input Error: Malformed JSON in file "[^"\n]*", at byte \d+ in (?:line|record\/value) (\d{1,12}):/,
    (match) =>
      new Failure("invalid", `it is not valid JSON at or before line ${match[1]}.`, {
        hint: "The file may be cut off, or hold something else than objects, one a line or all in one array.",
      }),
  ],
  [
    /^Invalid Input Error: JSON transform error in file "[^"\n]*", in (?:line|record\/value) (\d{1,12}): Object .* has duplicate key /s,
    (match) =>
      new Failure("invalid", `an object has two values of one name at or before line ${match[1]}.`, {
        hint: "Nobody can tell which is meant; write each name once in an object.",
      }),
  ],
  [
    /^Invalid Input Error: .*Maximum line size of (\d{1,12}) bytes exceeded/s,
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
    /^Invalid Input Error: Error when sniffing file/,
    () =>
      new Failure(
        "invalid",
        "a CSV file cannot be read: its rows do not all have the columns of its header.",
        {
          hint: 'The file may be cut off, a value with a delimiter, quote or line end may not be quoted with "…", its line ends may be mixed, or its header may have another delimiter than its rows.',
        },
      ),
  ],
  [
    /^Invalid Input Error: CSV Error on Line: (\d{1,12})\n.*^Value with unterminated quote found/ms,
    (match) =>
      new Failure(
        "invalid",
        `line ${match[1]} of a CSV file has a quote that does not enclose a whole value.`,
        {
          hint: 'A value with a " in it is written "…""…"; the file may also be cut off.',
        },
      ),
  ],
  [
    /^Invalid Input Error: The CSV Parser state machine reached an invalid state/,
    () =>
      new Failure(
        "invalid",
        "a CSV file has line ends of more than one kind, or a quote in the middle of a value.",
        {
          hint: 'Write all its lines with the same line end, and a value with a " in it as "…""…".',
        },
      ),
  ],
  [
    /^Invalid Input Error: CSV Error on Line: (\d{1,12})\n.*^Expected Number of Columns: (\d{1,6}) Found: (\d{1,6})$/ms,
    (match) =>
      new Failure(
        "invalid",
        `line ${match[1]} of a CSV file has the wrong number of columns (expected number of columns: ${match[2]} found: ${match[3]}).`,
        { hint: "The file may be cut off, or a value with a delimiter or line end is not quoted." },
      ),
  ],
];

/** The kinds of errors there are, as DuckDB begins its messages, with what helps where something does. */
const KINDS: Readonly<Record<string, string | undefined>> = {
  "Conversion": "A value does not convert to the type that the SQL asks for; `TRY_CAST(… AS …)` gives NULL then. What is compared with a date or a number has to be written as one: `born > DATE '2000-01-31'`, `price > 9.5`.",
  "Invalid Input": "A function got a value that it cannot work with; `TRY(…)` gives NULL then.",
  "Out of Range": "A value is too large or too small for its type; `TRY(…)` gives NULL then.",
  "Mismatch Type": "Two values are of types that do not go together; cast one of them.",
  "Invalid type": undefined,
  "Not implemented": undefined,
  "Divide by Zero": undefined,
  "Decimal": undefined,
  "Constraint": undefined,
  "Binder": undefined,
  "Catalog": undefined,
  "Parser": undefined,
  "Syntax": undefined,
  "IO": undefined,
  "INTERNAL": undefined,
  "FATAL": undefined,
  "TransactionContext": undefined,
  "Serialization": undefined,
}; // prettier-ignore

/** Explains an error of a statement of ours. */
export function explainEngineError(error: unknown): Failure {
  if (error instanceof Failure) return error;
  const text = textOf(error);
  return first(ANYWHERE, text) ?? first(IN_FILES, text) ?? new Failure("permanent", ...kindOf(text));
}

/** Explains an error of people's SQL while it reads data. */
export function explainRunning(error: unknown): Failure {
  if (error instanceof Failure) return error;
  const text = textOf(error);
  if (text.startsWith("Invalid Input Error: More than one row returned by a subquery"))
    return new Failure("permanent", "A subquery gives more than one row where the SQL needs one value.", {
      hint: "Give it an aggregate such as `max(…)`, or a condition that one row meets.",
    });
  return explainAnyStatement(error) ?? new Failure("permanent", ...kindOf(text));
}

/** Whether a value did not convert to a type, as far as that is told. */
export function isConversionFault({ message }: Failure): boolean {
  return message === kindOf("Conversion Error")[0];
}

/** What may befall any statement; undefined when it is something else. */
export function explainAnyStatement(error: unknown): Failure | undefined {
  return first(ANYWHERE, textOf(error));
}

/** The kind of an error and what helps, for the `Failure` of one that nothing more may be told of. */
export function kindOf(text: string): [message: string, more: { readonly hint: string }] {
  const kind = Object.keys(KINDS).find((one) => text.startsWith(`${one} Error`));
  const more =
    "The details may quote data and are not shown; check the SQL and the column types of this source or segment.";
  const helps = kind === undefined ? undefined : KINDS[kind];
  return [
    `The engine reported: ${kind === undefined ? "" : `${kind} `}Error.`,
    { hint: helps === undefined ? more : `${helps} ${more}` },
  ];
}

function textOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

function first(
  patterns: readonly [RegExp, (match: RegExpExecArray) => Failure][],
  text: string,
): Failure | undefined {
  for (const [pattern, make] of patterns) {
    const match = pattern.exec(text);
    if (match !== null) return make(match);
  }
  return undefined;
}
