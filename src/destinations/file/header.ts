import { Failure } from "../../model/failure.js";
import { splitCells, readFirstRecord } from "./csv.js";

/** Names of the columns of a list file and where the address stands. */
export interface Header {
  readonly names: readonly string[];
  readonly email: number;
}

export function toHeader(record: string | undefined): Header {
  const names = record === undefined ? [] : splitCells(record);
  const email = names.findIndex((name) => name.trim().toLowerCase() === "email");
  if (email === -1) {
    throw new Failure("invalid", "A list file has no column email in its first row.", {
      hint: "Add the header, or move the file out of the folder of the lists.",
    });
  }
  const lower = names.map((name) => name.toLowerCase());
  if (new Set(lower).size < lower.length) {
    throw new Failure("invalid", "A list file has two columns of one name.", {
      hint: "Rename one of them; case does not tell columns apart.",
    });
  }
  return { names, email };
}

export async function readHeader(path: string, signal: AbortSignal): Promise<Header> {
  return toHeader(await readFirstRecord(path, signal));
}
