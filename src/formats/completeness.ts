import { basename } from "node:path";
import { Failure } from "../model/failure.js";
import type { RowsSource } from "../model/config/rows-source.js";
import { shownPath } from "../platform/files/file-fault.js";
import { openProjectFile } from "../platform/files/open-project-file.js";
import { checkArchive } from "./archive.js";
import { readHead } from "./file-head.js";
import { isCompressed, type FileFormat } from "./file-format.js";
import { isAsBefore, type FileStamp } from "./file-stamp.js";

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
  source: RowsSource,
  before: FileStamp,
  format: FileFormat,
  signal: AbortSignal,
): Promise<void> {
  await checkSound(source.name, before, format, signal);
  if (format === "parquet" || isCompressed(before.path)) return;
  const json = format === "jsonl" || format === "json";
  if (await (json ? endsAsJson(before.path) : endsAsRow(before.path, source))) return;
  const name = shownPath(basename(before.path));
  throw new Failure(
    "invalid",
    json
      ? `Source "${source.name}": ${name} does not end as JSON does, so the file may be cut off.`
      : `Source "${source.name}": the last line of ${name} has no line end, so the file may be cut off.`,
    {
      hint: json
        ? "Write the file again."
        : "Write the file again. If the program that writes it leaves the last line end out, as Google Sheets does, say `finalNewline: optional`; a file that is cut off within its last value then passes for whole.",
    },
  );
}

/** What `checkComplete` looks at, in words. */
export function proofOf({ rules }: RowsSource, paths: readonly string[], format: FileFormat): string {
  if (format === "parquet") return "its footer";
  if (paths.every(isCompressed)) return "the checksum of its archive";
  if (format === "jsonl" || format === "json") return "its last bracket";
  return rules.finalNewline === "optional"
    ? "staying as it was while it was read"
    : "the end of its last line";
}

/** A row that lost its last letters is still a row, so that only the line end shows it to be whole. */
async function endsAsRow(path: string, { rules }: RowsSource): Promise<boolean> {
  if (rules.finalNewline === "optional") return true;
  const [before = 0, last = 0] = await lastBytes(path, 2);
  const isEnd = (byte: number): boolean => byte === 0x0a || byte === 0x0d;
  return rules.encoding === "UTF-16"
    ? (isEnd(before) && last === 0) || (isEnd(last) && before === 0)
    : isEnd(last);
}

/** An object shows by its last bracket that it is whole, and an array by its own. */
async function endsAsJson(path: string): Promise<boolean> {
  const { bytes } = await readHead(path);
  const isArray = bytes
    .toString("utf8")
    .replace(/^\ufeff/u, "")
    .trimStart()
    .startsWith("[");
  const end = (await lastBytes(path, 1024)).toString("latin1");
  return end.trimEnd().endsWith(isArray ? "]" : "}");
}

async function lastBytes(path: string, count: number): Promise<Buffer> {
  const { handle, info } = await openProjectFile(path, [path]);
  try {
    const start = Math.max(0, Number(info.size) - count);
    const { buffer, bytesRead } = await handle.read(Buffer.alloc(count), 0, count, start);
    return buffer.subarray(0, bytesRead);
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
    throw new Failure(
      "invalid",
      `Source "${source}": ${basename(path)} is cut off, or is not a Parquet file.`,
      {
        hint: "Copy or write the file again.",
      },
    );
  } finally {
    await handle.close();
  }
}
