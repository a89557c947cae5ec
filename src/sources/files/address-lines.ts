import { basename } from "node:path";
import { pipeline, Readable } from "node:stream";
import { findAddressesInLine } from "../../model/address-line.js";
import type { FileEncoding } from "../../model/file-encoding.js";
import { Failure } from "../../model/failure.js";
import type { FilesSource } from "./files-source.js";
import { shownPath } from "../../platform/files/file-fault.js";
import { decodeHead, createDecoder } from "../../formats/decoders.js";
import { readHead } from "../../formats/file-head.js";
import { readUnpacked } from "../../formats/unpacked-file.js";

/** False when the files start with an address, so that every line is one; else the first line names columns. */
export async function hasHeading({ rules }: FilesSource, paths: readonly string[]): Promise<boolean> {
  const [path] = paths;
  if (path === undefined) return true;
  const { raw, bytes, whole } = await readHead(path);
  const lines = decodeHead(bytes, rules.encoding).split(/\r?\n|\r/u);
  const first = lines.find((line) => line.trim() !== "");
  // What could not be unpacked is told where the whole file is looked at.
  if (first === undefined && whole && (bytes.length > 0 || raw.length === 0)) throw empty(path);
  return !(first ?? "").includes("@");
}

/** A file that was emptied by mistake would let everybody through whom it names. */
function empty(path: string): Failure {
  return new Failure("invalid", `${shownPath(basename(path))} is empty.`, {
    hint: "If nobody is meant to be in it, write the one line `email`.",
  });
}

/** Where lines stand that name nobody for certain, as `line 3 of blocked.txt`: the first few of files without a heading. */
export async function findLinesInDoubt(
  source: FilesSource,
  paths: readonly string[],
  most: number,
): Promise<string[]> {
  const found: string[] = [];
  if (await hasHeading(source, paths)) return found;
  for (const path of paths) {
    let number = 0;
    for await (const line of linesOf(path, source.rules.encoding)) {
      number += 1;
      if (line.trim() !== "" && !namesSomebody(line))
        found.push(`line ${number} of ${shownPath(basename(path))}`);
      if (found.length === most) return found;
    }
  }
  return found;
}

async function* linesOf(path: string, encoding: FileEncoding = "UTF-8"): AsyncGenerator<string> {
  const bytes = Readable.from(readUnpacked(path));
  const text =
    encoding === "UTF-8"
      ? bytes.setEncoding("utf8")
      : pipeline(bytes, createDecoder(encoding), () => undefined);
  let rest = "";
  for await (const chunk of text) {
    // A carriage return at the end may be the half of a line end.
    const lines = `${rest}${String(chunk)}`.split(/\r?\n|\r(?!$)/u);
    rest = lines.pop() ?? "";
    yield* lines;
  }
  if (rest !== "") yield rest;
}

function namesSomebody(line: string): boolean {
  const keys = findAddressesInLine(line);
  return keys !== "unreadable" && keys.length > 0;
}
