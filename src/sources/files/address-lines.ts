import { basename } from "node:path";
import { Failure } from "../../model/failure.js";
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
