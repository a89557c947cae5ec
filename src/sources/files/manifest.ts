import { CSV_RULES, DELIMITER, headerFaults } from "../../model/config/csv-rules.js";
import { formatOf, misplacedRule, VALUES_OF } from "../../model/file-format.js";
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
      delimiter: DELIMITER,
      columnsMayDiffer: {
        type: "boolean",
        description:
          "Whether the files of a source may differ in their columns; a column that a file lacks is empty in its rows. By default such a file is an error: people in it would lose their address, or what they said of consent.",
      },
      ...CSV_RULES,
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
  valuesOf: ({ format, paths }: FilesSource) => VALUES_OF[format ?? formatOf(paths[0] ?? "") ?? "csv"],
};

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
