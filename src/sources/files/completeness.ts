import { basename } from "node:path";
import { Failure } from "../../model/failure.js";
import { openProjectFile } from "../../platform/open-project-file.js";
import { checkArchive } from "./archive.js";
import { readHead } from "./delimiter.js";
import { isCompressed, type FileFormat } from "./file-format.js";
import { isAsBefore, type FileStamp } from "../file-stamp.js";

/** Throws when the file changed since, or is not what its format says, so far as that can be told without reading rows. */
export async function checkSound(
  source: string,
  before: FileStamp,
  format: FileFormat,
  signal: AbortSignal,
): Promise<void> {
  if (!(await isAsBefore(before))) {
    const name = basename(before.path);
    throw new Failure("transient", `Source "${source}": ${name} changed while it was being read.`, {
      hint: "Run again once it is written completely; write new files under another name and rename them.",
    });
  }
  if (format === "parquet") return checkParquet(source, before.path);
  if (isCompressed(before.path)) return checkArchive(source, before.path, signal);
}

/** Throws unless the file stayed as it was while it was read and ends as a whole file does. */
export async function checkComplete(
  source: string,
  before: FileStamp,
  format: FileFormat,
  signal: AbortSignal,
): Promise<void> {
  await checkSound(source, before, format, signal);
  if (format === "parquet") return;
  await mustNotBeEmpty(source, before.path);
  if (isCompressed(before.path)) return;
  const name = basename(before.path);
  if (before.size > 0n && !(await endsWithNewline(before.path))) {
    throw new Failure(
      "invalid",
      `Source "${source}": the last line of ${name} has no line end, so the file may be cut off.`,
      {
        hint: "Write the file again; a complete CSV or JSON Lines file ends with a newline.",
      },
    );
  }
}

/** Beside others, the engine passes over a file without a heading or a row. */
async function mustNotBeEmpty(source: string, path: string): Promise<void> {
  if ((await readHead(path)).trim() !== "") return;
  throw new Failure("invalid", `Source "${source}": ${basename(path)} is empty.`, {
    hint: "It may have been emptied by mistake. Write it again, or take it away.",
  });
}

async function endsWithNewline(path: string): Promise<boolean> {
  const { handle, info } = await openProjectFile(path, [path]);
  try {
    const { buffer } = await handle.read(Buffer.alloc(1), 0, 1, Number(info.size) - 1);
    return buffer[0] === 0x0a || buffer[0] === 0x0d;
  } finally {
    await handle.close();
  }
}

/** Both ends of a Parquet file say what it is; the end is written last. */
async function checkParquet(source: string, path: string): Promise<void> {
  const { handle, info } = await openProjectFile(path, [path]);
  try {
    const size = Number(info.size);
    const at = async (position: number): Promise<string> => {
      const { buffer, bytesRead } = await handle.read(Buffer.alloc(4), 0, 4, Math.max(0, position));
      return buffer.toString("latin1", 0, bytesRead);
    };
    if (size >= 12 && (await at(0)) === "PAR1" && (await at(size - 4)) === "PAR1") return;
    throw new Failure("invalid", `Source "${source}": ${basename(path)} is cut off, or is no Parquet file.`, {
      hint: "Copy or write the file again.",
    });
  } finally {
    await handle.close();
  }
}
