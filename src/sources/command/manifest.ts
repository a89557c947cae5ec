import { durationSeconds } from "../../model/duration.js";
import { CSV_RULES, DELIMITER, headerFaults } from "../../model/config/csv-rules.js";
import { misplacedRule, VALUES_OF, type RowFormat } from "../../model/file-format.js";
import type {
  FileRules,
  Source,
  SourceBase,
  SourceFault,
  SourceManifest,
} from "../../model/config/source.js";
import type { CommandSource } from "./command-source.js";

const TIMEOUT = "10m";
const WORDS = { type: "array", items: { type: "string" }, minItems: 1 } as const;

export const manifest: SourceManifest = {
  type: "command",
  description:
    "Profiles that a program prints or writes to a file: the client of a warehouse, or a script. It is started without a shell, in the folder of this config file, once for all exports of a run. `--untrusted` never starts it.",
  options: {
    required: ["command", "format"],
    properties: {
      command: {
        ...WORDS,
        description:
          "The program and its arguments. Its standard output holds the rows, or the file that it writes where an argument has `{output}`. It has to end with exit code 0. Every user of the machine can read arguments while it runs, and plans keep them: no secret belongs here.",
        examples: [["psql", "--csv", "--command", "select * from customers"]],
      },
      format: {
        enum: ["csv", "tsv", "jsonl", "json", "parquet"],
        description: "How the rows are written; `json` is one array of objects.",
      },
      trailer: {
        type: "string",
        maxLength: 200,
        pattern: "^[ -~]*\\{rows\\}[ -~]*$",
        description:
          "How the last line of the output is written where it tells how many rows there are, with `{rows}` for the number. It has to be there and to be right, and is no row.",
        examples: ["# rows={rows}", "({rows} rows affected)"],
      },
      countCommand: {
        ...WORDS,
        description:
          "A program and arguments whose last line is the number of rows. It runs before and after `command`, and both times has to say what arrived.",
        examples: [["psql", "--csv", "--tuples-only", "--command", "select count(*) from customers"]],
      },
      passEnv: {
        type: "array",
        items: { type: "string", pattern: "^[A-Za-z_][A-Za-z0-9_]*$" },
        uniqueItems: true,
        description:
          "Environment variables that both programs see, by their names, such as those with their key. Besides these they see only what programs need to run at all: PATH, HOME, the language, the time zone and proxies, and none of Rollcall's own keys.",
        examples: [["PGPASSWORD"]],
      },
      timeout: {
        $ref: "#/$defs/duration",
        default: TIMEOUT,
        description: "How long a program may take before it is stopped, and nothing is read.",
      },
      delimiter: DELIMITER,
      ...CSV_RULES,
    },
  },
  secretKeys: [],
  pathKeys: [],
  readsProject: false,
  startsProgram: true,
  readsText: false,
  sourceOf,
  queryOf: () => undefined,
  pathsOf: () => [],
  definitionOf: ({ command, format, delimiter, rules }: CommandSource) => ({
    command,
    format,
    delimiter,
    ...rules,
  }),
  faultsOf,
  valuesOf: ({ format }: CommandSource) => VALUES_OF[format],
};

interface WrittenSource
  extends
    Omit<FileRules, "columnsMayDiffer">,
    Pick<CommandSource, "command" | "countCommand" | "trailer" | "passEnv" | "delimiter"> {
  readonly format: RowFormat;
  readonly timeout: string;
}

function sourceOf(written: Partial<WrittenSource>, base: SourceBase): Source {
  const { command = [], format = "csv", passEnv = [], timeout = TIMEOUT, ...more } = written;
  const { countCommand, trailer, delimiter, ...rules } = more;
  const { header, columnNames, nullValues, encoding, finalNewline } = rules;
  const source: CommandSource = {
    ...base,
    type: "command",
    kind: manifest,
    command,
    countCommand,
    trailer,
    passEnv,
    timeoutSeconds: durationSeconds(timeout),
    format,
    delimiter,
    rules: { header, columnNames, nullValues, encoding, finalNewline },
  };
  return source;
}

function faultsOf({
  command,
  countCommand,
  format,
  delimiter,
  trailer,
  rules,
}: CommandSource): SourceFault[] {
  for (const [key, words] of Object.entries({ command, countCommand }))
    if (words?.[0]?.trim() === "")
      return [{ code: "no-program", key, message: `\`${key}\` begins with no program.` }];
  if (delimiter !== undefined && format !== "csv")
    return [
      {
        code: "delimiter-without-csv",
        key: "delimiter",
        onKey: true,
        message: `\`delimiter\` is only for CSV, and the format is ${format}.`,
      },
    ];
  if (trailer !== undefined && !isOfLines(format, rules))
    return [
      {
        code: "trailer-without-lines",
        key: "trailer",
        onKey: true,
        message: "`trailer` is only for CSV, TSV and JSON Lines that are not in UTF-16.",
        hint: "A Parquet file and a JSON array show by their end that they are whole; `countCommand` counts rows of every format.",
      },
    ];
  const misplaced = misplacedRule(format, rules);
  return misplaced === undefined ? headerFaults(rules) : [{ ...misplaced, onKey: true }];
}

function isOfLines(format: RowFormat, { encoding }: FileRules): boolean {
  return format !== "parquet" && format !== "json" && encoding !== "UTF-16";
}
