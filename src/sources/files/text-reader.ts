import type { TextReader } from "../../plugin/text-reader.js";
import { findLinesInDoubt } from "./address-lines.js";
import { findCsvFault } from "../../formats/csv-fault.js";
import { csvHead } from "../../formats/csv-head.js";
import type { FilesSource } from "./files-source.js";
import { findFiles } from "./find-files.js";
import { findCsvLine } from "../../formats/line-of-row.js";

export const textReader = {
  csvHead,
  csvFault: findCsvFault,
  csvLine: findCsvLine,
  linesInDoubt: async (source: FilesSource, within, most) =>
    findLinesInDoubt(source, await findFiles(source, within), most),
} satisfies TextReader;
