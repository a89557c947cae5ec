import type { TextReader } from "../../plugin/text-reader.js";
import { linesInDoubt } from "./address-lines.js";
import { csvFault } from "./csv-fault.js";
import { csvHead } from "./csv-head.js";
import type { FilesSource } from "./files-source.js";
import { findFiles } from "./find-files.js";
import { csvLine } from "./line-of-row.js";

export const textReader = {
  csvHead,
  csvFault,
  csvLine,
  linesInDoubt: async (source: FilesSource, within, most) =>
    linesInDoubt(source, await findFiles(source, within), most),
} satisfies TextReader;
