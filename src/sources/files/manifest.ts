import { formatOf, misplacedRule } from "../../model/file-format.js";
import type {
  FileRules,
  Source,
  SourceBase,
  SourceFault,
  SourceManifest,
} from "../../model/config/source.js";
import type { FilesSource } from "./files-source.js";

export const manifest: SourceManifest = {
  type: "files",
  description:
    "Profiles in files: CSV, TSV, JSON Lines or Parquet; the text formats also compressed with gzip or zstd.",
  options: {
    required: ["path"],
    properties: {
      path: { $ref: "#/$defs/paths" },
      format: {
        enum: ["csv", "tsv", "jsonl", "json", "parquet"],
        description: "Format of the files; `json` is one array of objects. By default told by their names.",
      },
      delimiter: {
        type: "string",
        minLength: 1,
        maxLength: 1,
        description:
          "The character between the columns of a CSV. By default found out for each file by its header, or by a line such as `sep=;` before it.",
        examples: [";"],
      },
      columnsMayDiffer: {
        type: "boolean",
        description:
          "Whether the files of a source may differ in their columns; a column that a file lacks is empty in its rows. By default such a file is an error: people in it would lose their address, or what they said of consent.",
      },
      header: {
        type: "boolean",
        description:
          "Whether the first line of a CSV names the columns, as it does by default. With `false`, `columnNames` names them. A header that looks like data is refused unless this says `true`.",
      },
      columnNames: {
        type: "array",
        items: { type: "string", minLength: 1 },
        minItems: 1,
        description: "The columns of CSV files without a header (`header: false`), in order.",
        examples: [["email", "first name"]],
      },
      nullValues: {
        type: "array",
        items: { type: "string", minLength: 1 },
        uniqueItems: true,
        description: "Words that mean an empty value in a CSV, exactly as written, quoted or not.",
        examples: [["NULL", "\\N", "#N/A"]],
      },
      encoding: {
        enum: ["UTF-8", "UTF-16", "windows-1252", "latin1"],
        description:
          "Encoding of CSV files. UTF-8 by default; what Excel saves as CSV in western Europe is commonly windows-1252.",
      },
      finalNewline: {
        enum: ["required", "optional"],
        description:
          "Whether the last line of a CSV has to have a line end, as it has by default: without one, the file may be cut off within its last value. Google Sheets leaves it out: say `optional` there.",
      },
    },
  },
  secretKeys: [],
  pathKeys: [],
  readsProject: true,
  readsText: true,
  sourceOf,
  queryOf: () => undefined,
  pathsOf: ({ paths }: FilesSource) => paths.map((path, index) => ({ path, index })),
  definitionOf: ({ paths, format, delimiter, rules }: FilesSource, called) => ({
    paths: paths.map(called),
    format,
    delimiter,
    ...rules,
  }),
  faultsOf,
  valuesOf: ({ format, paths }: FilesSource) => VALUES[format ?? formatOf(paths[0] ?? "") ?? "csv"],
};

const VALUES = {
  csv: "text",
  tsv: "text",
  jsonl: "json",
  json: "json",
  parquet: "typed",
  addresses: "text",
} as const;

interface WrittenSource extends FileRules, Pick<FilesSource, "format" | "delimiter"> {
  readonly path: string | readonly string[];
}

function sourceOf(written: Partial<WrittenSource>, base: SourceBase): Source {
  const { path = [], format, delimiter, ...options } = written;
  const { columnsMayDiffer, header, columnNames, nullValues, encoding, finalNewline } = options;
  const source: FilesSource = {
    ...base,
    type: "files",
    kind: manifest,
    paths: [path].flat(),
    format,
    delimiter,
    rules: { columnsMayDiffer, header, columnNames, nullValues, encoding, finalNewline },
  };
  return source;
}

/** A format that can be told, and options that fit it. */
function faultsOf({ paths, format, delimiter, rules }: FilesSource): SourceFault[] {
  if (format === "addresses") return [];
  const told = paths.map((path) => format ?? formatOf(path));
  const unclear = told.indexOf(undefined);
  if (unclear !== -1)
    return [
      {
        code: "unknown-format",
        key: "path",
        message: `The name \`${paths[unclear]}\` does not tell the format of the files.`,
        hint: "Add `format: csv`, `tsv`, `jsonl`, `json` or `parquet`.",
      },
    ];
  if (new Set(told).size > 1)
    return [
      {
        code: "mixed-formats",
        key: "path",
        message: `The files of one source are of different formats: ${[...new Set(told)].join(", ")}.`,
        hint: "Make one source of each format and join them in the SQL of a segment.",
      },
    ];
  const [only = "csv"] = told;
  if (delimiter !== undefined && only !== "csv")
    return [
      {
        code: "delimiter-without-csv",
        key: "delimiter",
        onKey: true,
        message: `\`delimiter\` is only for CSV, and these files are ${only}.`,
      },
    ];
  const misplaced = misplacedRule(only, rules);
  return misplaced === undefined ? headerFaults(rules) : [{ ...misplaced, onKey: true }];
}

/** Who says that there is no header has to name the columns, and nobody else may. */
function headerFaults({ header, columnNames }: FileRules): SourceFault[] {
  const fault = (key: string, message: string, hint: string): SourceFault[] => [
    { code: "header-and-names", key, onKey: true, message, hint },
  ];
  if (header === false && columnNames === undefined)
    return fault(
      "header",
      "`header: false` needs `columnNames`.",
      "Name the columns of the files, in order.",
    );
  if (header !== false && columnNames !== undefined)
    return fault(
      "columnNames",
      "`columnNames` needs `header: false`.",
      "The header of a file names its columns.",
    );
  const names = (columnNames ?? []).map((name) => name.toLowerCase());
  const twice = columnNames?.find((name, index) => names.indexOf(name.toLowerCase()) !== index);
  return twice === undefined
    ? []
    : fault(
        "columnNames",
        `\`columnNames\` names \`${twice}\` twice.`,
        "Give every column a name of its own.",
      );
}
