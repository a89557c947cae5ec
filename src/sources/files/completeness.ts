import { open, stat } from "node:fs/promises";
import { basename } from "node:path";
import { Failure } from "../../model/failure.js";
import { checkArchive } from "./archive.js";
import { isCompressed, type FileFormat } from "./file-format.js";

/** What a file looked like before it was read. */
export interface FileStamp {
  readonly path: string;
  readonly size: number;
  readonly mtimeMs: number;
}

export async function takeStamp(path: string): Promise<FileStamp> {
  const { size, mtimeMs } = await stat(path);
  return { path, size, mtimeMs };
}

/** Throws unless the file stayed as it was while it was read and ends as a whole file does. */
export async function checkComplete(source: string, before: FileStamp, format: FileFormat): Promise<void> {
  const after = await takeStamp(before.path);
  const name = basename(before.path);
  if (after.size !== before.size || after.mtimeMs !== before.mtimeMs) {
    throw new Failure("transient", `Source "${source}": ${name} changed while it was being read.`, {
      hint: "Run again once it is written completely; write new files under another name and rename them.",
    });
  }
  if (format === "parquet") return;
  if (isCompressed(before.path)) return checkArchive(source, before.path);
  if (after.size > 0 && !(await endsWithNewline(before.path, after.size))) {
    throw new Failure(
      "invalid",
      `Source "${source}": the last line of ${name} has no line end, so the file may be cut off.`,
      {
        hint: "Write the file again; a complete CSV or JSON Lines file ends with a newline.",
      },
    );
  }
}

async function endsWithNewline(path: string, size: number): Promise<boolean> {
  const file = await open(path, "r");
  try {
    const { buffer } = await file.read(Buffer.alloc(1), 0, 1, size - 1);
    return buffer[0] === 0x0a || buffer[0] === 0x0d;
  } finally {
    await file.close();
  }
}
