import { createReadStream, createWriteStream } from "node:fs";
import { mkdir, rename, rm } from "node:fs/promises";
import { dirname } from "node:path";
import { createInterface } from "node:readline";
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";

const LINES_PER_CHUNK = 1000;

/** Replaces a file as a whole: a reader, or a start after a kill, sees the old or the new one. */
export async function writeLines(path: string, lines: Iterable<string>): Promise<void> {
  await mkdir(dirname(path), { recursive: true, mode: 0o700 });
  const part = `${path}.part`;
  try {
    await pipeline(Readable.from(chunks(lines)), createWriteStream(part, { mode: 0o600, flush: true }));
    await rename(part, path);
  } catch (error) {
    await rm(part, { force: true });
    throw error;
  }
}

function* chunks(lines: Iterable<string>): Generator<string> {
  let chunk: string[] = [];
  for (const line of lines) {
    chunk.push(line, "\n");
    if (chunk.length < LINES_PER_CHUNK * 2) continue;
    yield chunk.join("");
    chunk = [];
  }
  yield chunk.join("");
}

/** The lines of a file, none when it does not exist. */
export async function* readLines(path: string): AsyncGenerator<string> {
  const file = createReadStream(path, "utf8");
  try {
    for await (const line of createInterface({ input: file, crlfDelay: Number.POSITIVE_INFINITY }))
      yield line;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "ENOENT") throw error;
  } finally {
    file.destroy();
  }
}
