import { exactPath, literal } from "../plugin/relation.js";

/** A literal list of files, for a function of the engine that reads them. */
export function fileListSql(files: readonly string[]): string {
  return `[${files.map((file) => literal(exactPath(file))).join(", ")}]`;
}

/** SELECT of the lines of text files, in a column `line`: no text holds the delimiter, so that every line is one value. */
export function linesSql(files: readonly string[], more = ""): string {
  return `SELECT * FROM read_csv(${fileListSql(files)}, header = false, auto_detect = false, columns = {'line': 'VARCHAR'}, delim = '\x1f', quote = '', escape = '', comment = ''${more})`;
}
