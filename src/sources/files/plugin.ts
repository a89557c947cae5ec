import type { FilesSource } from "../../model/source.js";
import { literal } from "../../plugin/relation.js";
import type { SourcePlugin } from "../../plugin/source.js";
import { findFiles } from "./find-files.js";
import { fileFormat, type FileFormat } from "./file-format.js";
import { hasHeading } from "./address-lines.js";
import { findDelimiter } from "./delimiter.js";
import { checkComplete, checkSound } from "./completeness.js";
import { takeStamp } from "../file-stamp.js";

const UNTYPED = { csv: "all", tsv: "all", jsonl: "dates", parquet: "none", addresses: "none" } as const;

/** Profiles in CSV, TSV, JSON Lines or Parquet files, plain or compressed with gzip or zstd. */
export const files: SourcePlugin<FilesSource> = {
  type: "files",
  async open(source, { within, signal }) {
    const paths = await findFiles(source, within);
    const stated = fileFormat(source, paths);
    const format = stated === "addresses" && (await hasHeading(paths)) ? "csv" : stated;
    const stamps = await Promise.all(paths.map((path) => takeStamp(path)));
    return {
      files: paths,
      attach: [],
      detach: [],
      relation: { sql: `SELECT * FROM ${await reader(format, paths, source)}` },
      untyped: UNTYPED[format],
      async examine() {
        for (const stamp of stamps) await checkSound(source.name, stamp, format, signal);
      },
      async seal() {
        for (const stamp of stamps) await checkComplete(source.name, stamp, format, signal);
      },
    };
  },
};

async function reader(format: FileFormat, paths: readonly string[], source: FilesSource): Promise<string> {
  const list = `[${paths.map((path) => literal(path)).join(", ")}]`;
  switch (format) {
    case "csv":
    case "tsv": {
      const delimiter = source.delimiter ?? (format === "tsv" ? "\t" : await findDelimiter(paths));
      const delim = delimiter === undefined ? "" : `, delim = ${literal(delimiter)}`;
      // Strict mode refuses a row that is too short or too long, so that a cut-off last row is an error.
      // Nothing else is left to guessing: a guess may take rows for comments or titles and drop them.
      return `read_csv(${list}, header = true, all_varchar = true, strict_mode = true, null_padding = false, union_by_name = true, quote = '"', escape = '"', comment = '', skip = 0${delim})`;
    }
    case "jsonl":
      // Every row is looked at: a name or a type that first comes far down is part of the data too.
      // No text is in these date formats: the engine's own guess takes "12-11-10" for a date and rewrites it.
      return `read_json(${list}, format = 'newline_delimited', union_by_name = true, sample_size = -1, dateformat = '|%Y|', timestampformat = '|%Y|')`;
    case "addresses":
      // No text holds the delimiter, so that every line is one value.
      return `(SELECT trim(line) AS email FROM read_csv(${list}, header = false, auto_detect = false, columns = {'line': 'VARCHAR'}, delim = '\x1f', quote = '', escape = '', comment = '') WHERE trim(line) <> '')`;
    case "parquet":
      return `read_parquet(${list}, union_by_name = true)`;
  }
}
