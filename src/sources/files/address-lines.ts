import { basename } from "node:path";
import { addressesInLine } from "../../model/address-line.js";
import { Failure } from "../../model/failure.js";
import { shownPath } from "../../platform/file-fault.js";
import { openProjectFile } from "../../platform/open-project-file.js";
import { isCompressed } from "./file-format.js";

const ENOUGH_BYTES = 4096;

/** False when the files start with an address, so that every line is one; else the first line names columns. */
export async function hasHeading(paths: readonly string[]): Promise<boolean> {
  const [path] = paths;
  if (path === undefined || isCompressed(path)) return true;
  const { handle: file } = await openProjectFile(path, [path]);
  try {
    const { buffer, bytesRead } = await file.read(Buffer.alloc(ENOUGH_BYTES), 0, ENOUGH_BYTES, 0);
    const lines = buffer.toString("utf8", 0, bytesRead).split(/\r?\n|\r/u);
    const first = lines.find((line) => line.trim() !== "");
    if (first === undefined && bytesRead < ENOUGH_BYTES) throw empty(path);
    return !(first ?? "").includes("@");
  } finally {
    await file.close();
  }
}

/** A file that was emptied by mistake would let everybody through whom it names. */
function empty(path: string): Failure {
  return new Failure("invalid", `${basename(path)} is empty.`, {
    hint: "If nobody is meant to be in it, write the one line `email`.",
  });
}

/** Where lines stand that name nobody for certain, as `line 3 of blocked.txt`: the first few of files without a heading. */
export async function linesInDoubt(paths: readonly string[], most: number): Promise<string[]> {
  const found: string[] = [];
  if (await hasHeading(paths)) return found;
  for (const path of paths) {
    const { handle } = await openProjectFile(path, [path]);
    let number = 0;
    // Ends the stream, and with it the handle, also when it is left early.
    for await (const line of handle.readLines()) {
      number += 1;
      if (line.trim() !== "" && !namesSomebody(line))
        found.push(`line ${number} of ${shownPath(basename(path))}`);
      if (found.length === most) return found;
    }
  }
  return found;
}

function namesSomebody(line: string): boolean {
  const keys = addressesInLine(line);
  return keys !== "unreadable" && keys.length > 0;
}
