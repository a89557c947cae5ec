import type { FilesSource } from "../../model/source.js";
import { literal } from "../../plugin/relation.js";
import type { SourcePlugin } from "../../plugin/source.js";
import { findFiles } from "./find-files.js";
import { fileFormat, type FileFormat } from "./file-format.js";
import { checkComplete, takeStamp } from "./completeness.js";

/** Profiles in CSV, TSV, JSON Lines or Parquet files, plain or compressed with gzip or zstd. */
export const files: SourcePlugin<FilesSource> = {
  type: "files",
  async open(source) {
    const paths = await findFiles(source);
    const format = fileFormat(source, paths);
    const stamps = await Promise.all(paths.map((path) => takeStamp(path)));
    return {
      attach: [],
      detach: [],
      relation: { sql: `SELECT * FROM ${reader(format, paths, source)}` },
      untyped: format === "csv" || format === "tsv",
      async seal() {
        for (const stamp of stamps) await checkComplete(source.name, stamp, format);
      },
    };
  },
};

function reader(format: FileFormat, paths: readonly string[], source: FilesSource): string {
  const list = `[${paths.map((path) => literal(path)).join(", ")}]`;
  switch (format) {
    case "csv":
    case "tsv": {
      // Strict mode refuses a row that is too short or too long, so that a cut-off last row is an error.
      const delimiter = source.delimiter ?? (format === "tsv" ? "\t" : undefined);
      const delim = delimiter === undefined ? "" : `, delim = ${literal(delimiter)}`;
      return `read_csv(${list}, header = true, all_varchar = true, strict_mode = true, null_padding = false, union_by_name = true${delim})`;
    }
    case "jsonl":
      return `read_json(${list}, format = 'newline_delimited', union_by_name = true)`;
    case "parquet":
      return `read_parquet(${list}, union_by_name = true)`;
  }
}
