import type { FilesSource } from "./files-source.js";
import type { SourceContext, SourcePlugin, SourceRead } from "../../plugin/source.js";
import { findFiles } from "./find-files.js";
import { fileFormat, UNTYPED } from "../../formats/file-format.js";
import { hasHeading } from "./address-lines.js";
import { checkComplete, checkSound, proofOf } from "../../formats/completeness.js";
import { findSeenColumns } from "../../formats/seen-columns.js";
import { checkUtf8 } from "../../formats/check-utf8.js";
import { examineFiles } from "../../formats/relation.js";
import { newestOf, takeStamp } from "../../formats/file-stamp.js";
import { textReader } from "./text-reader.js";

/** Profiles in CSV, TSV, JSON Lines or Parquet files, plain or compressed with gzip or zstd. */
export const files = {
  text: textReader,
  async open(source: FilesSource, { within, signal }: SourceContext): Promise<SourceRead> {
    const paths = await findFiles(source, within);
    const stated = fileFormat(source, paths);
    const format = stated === "addresses" && (await hasHeading(source, paths)) ? "csv" : stated;
    const stamps = await Promise.all(paths.map((path) => takeStamp(path)));
    return {
      files: paths,
      signal,
      attach: [],
      detach: [],
      columnNames: (reading) => findSeenColumns(source, format, paths, reading),
      relation: (reading) => examineFiles(source, format, paths, reading),
      untyped: UNTYPED[format],
      async examine() {
        for (const stamp of stamps) await checkSound(source.name, stamp, format, signal);
        if (format !== "parquet") for (const path of paths) await checkUtf8(source, path);
      },
      async seal() {
        for (const stamp of stamps) await checkComplete(source, stamp, format, signal);
        return { proof: proofOf(source, paths, format), asOf: newestOf(stamps) };
      },
    };
  },
} satisfies SourcePlugin;
