import { basename } from "node:path";
import { Failure } from "../model/failure.js";
import type { RowsSource } from "../model/config/rows-source.js";
import { shownPath } from "../platform/files/file-fault.js";
import type { Reading, RowFile } from "../plugin/source.js";
import { readDescribedNames } from "./described-names.js";
import { readHead } from "./file-head.js";
import { fileListSql } from "./file-list.js";
import type { Columns } from "./same-columns.js";
import { detectNonText, type MistakenFile } from "./mistaken-file.js";

/** One file of a source: what is in it, and how it is read. */
export interface Part extends RowFile {
  /** Parts of one kind can be read together. */
  readonly kind: string;
  /** SELECT over files of this kind; `more` options may be given to what reads them. */
  read(files: readonly string[], more?: string): string;
  /** SELECT that fails where this file cannot be read. */
  readonly alone: string;
  /** What is wrong with it, where that can be told better than the engine does. */
  readonly fault?: () => Promise<Failure | undefined>;
  columns(reading: Reading): Promise<Columns>;
  readonly repeated: readonly string[];
}

export function mistaken(
  source: RowsSource,
  path: string,
  { is, hint, hintOfAddresses = hint }: MistakenFile,
): Failure {
  return new Failure("invalid", `Source "${source.name}": ${shownPath(basename(path))} (line 1) is ${is}.`, {
    hint: source.holds === "addresses" ? hintOfAddresses : hint,
  });
}

/** A part that is read whole, whatever is in it. `file` is a copy of it that the engine can read. */
export function plainPart(
  path: string,
  kind: string,
  read: Part["read"],
  lineOf: RowFile["lineOf"] = () => Promise.resolve(undefined),
  file = path,
): Part {
  return {
    lineOf,
    path,
    file,
    kind,
    read,
    // Only to count values, the engine would not look at them where the file says how many there are.
    alone: `SELECT count(hash(COLUMNS(*))) FROM (${read([file])})`,
    columns: async (reading) => ({ names: await readDescribedNames(read([file]), reading) }),
    repeated: [],
  };
}

export async function examineParquet(source: RowsSource, path: string): Promise<Part> {
  const { raw } = await readHead(path);
  const found = detectNonText(raw);
  // What only is not Parquet, or is cut off, is told with its reason where the whole file is looked at.
  if (found !== undefined && !found.is.includes("Parquet")) throw mistaken(source, path, found);
  return plainPart(
    path,
    "parquet",
    (files, more = "") => `SELECT * FROM read_parquet(${fileListSql(files)}, union_by_name = true${more})`,
  );
}
