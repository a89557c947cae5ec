import type { Config } from "../../model/config.js";
import type { Segment } from "../../model/segment.js";
import type { FileRules, FilesSource } from "../../model/source.js";
import type { Problem } from "../problem.js";

/** Sources of files, and files of addresses: a format that can be told, and options that fit it. */
export function sources(config: Config): Problem[] {
  return [
    ...[...config.sources.values()].flatMap((source) =>
      source.type === "files" ? fileProblems(source) : [],
    ),
    ...[...config.segments.values()].flatMap(addressesProblems),
  ];
}

function addressesProblems({ name, from }: Segment): Problem[] {
  const format = from.kind === "addresses" ? formatOf(from.path) : undefined;
  if (from.kind !== "addresses" || format === undefined || format === "csv" || format === "tsv") return [];
  const { rules = {} } = from;
  return misplacedOption(["segments", name], format, rules);
}

function fileProblems({ name, paths, format, delimiter, rules }: FilesSource): Problem[] {
  const told = paths.map((path) => format ?? formatOf(path));
  const unclear = told.indexOf(undefined);
  if (unclear !== -1)
    return [
      {
        severity: "error",
        code: "unknown-format",
        message: `The name \`${paths[unclear]}\` does not tell the format of the files.`,
        hint: "Add `format: csv`, `tsv`, `jsonl`, `json` or `parquet`.",
        at: ["sources", name, "path"],
      },
    ];
  if (new Set(told).size > 1)
    return [
      {
        severity: "error",
        code: "mixed-formats",
        message: `The files of one source are of different formats: ${[...new Set(told)].join(", ")}.`,
        hint: "Make one source of each format and join them in the SQL of a segment.",
        at: ["sources", name, "path"],
      },
    ];
  if (delimiter !== undefined && told[0] !== "csv")
    return [
      {
        severity: "error",
        code: "delimiter-without-csv",
        message: `\`delimiter\` is only for CSV, and these files are ${told[0]}.`,
        at: ["sources", name, "delimiter"],
        onKey: true,
      },
    ];
  const csv = told[0] === "csv" || told[0] === "tsv";
  const misplaced = csv ? [] : misplacedOption(["sources", name], told[0], rules);
  return misplaced.length > 0 ? misplaced : headerProblems(name, rules);
}

const OF_CSV = ["header", "columnNames", "nullValues", "encoding", "finalNewline"] as const;

function misplacedOption(at: readonly string[], format: FilesSource["format"], rules: FileRules): Problem[] {
  const key = OF_CSV.find((one) => rules[one] !== undefined);
  if (key === undefined) return [];
  return [
    {
      severity: "error",
      code: "option-without-csv",
      message: `\`${key}\` is only for CSV and TSV, and these files are ${format}.`,
      at: [...at, key],
      onKey: true,
    },
  ];
}

/** Who says that there is no header has to name the columns, and nobody else may. */
function headerProblems(source: string, { header, columnNames }: FilesSource["rules"]): Problem[] {
  const problem = (key: string, message: string, hint: string): Problem[] => [
    { severity: "error", code: "header-and-names", message, hint, at: ["sources", source, key], onKey: true },
  ];
  if (header === false && columnNames === undefined)
    return problem(
      "header",
      "`header: false` needs `columnNames`.",
      "Name the columns of the files, in order.",
    );
  if (header !== false && columnNames !== undefined)
    return problem(
      "columnNames",
      "`columnNames` needs `header: false`.",
      "The header of a file names its columns.",
    );
  const names = (columnNames ?? []).map((name) => name.toLowerCase());
  const twice = columnNames?.find((name, index) => names.indexOf(name.toLowerCase()) !== index);
  return twice === undefined
    ? []
    : problem(
        "columnNames",
        `\`columnNames\` names \`${twice}\` twice.`,
        "Give every column a name of its own.",
      );
}

/** The format that the name of a file (or glob) tells, whatever it is compressed with. */
export function formatOf(path: string): FilesSource["format"] {
  const match = /\.(csv|tsv|jsonl|ndjson|json|parquet)(\.gz|\.zst)?$/i.exec(path);
  const word = match?.[1]?.toLowerCase();
  if (word === "parquet" && match?.[2] !== undefined) return undefined;
  return word === "ndjson" ? "jsonl" : (word as FilesSource["format"]);
}
