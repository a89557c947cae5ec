import { open, rename, rm, stat } from "node:fs/promises";
import { dirname } from "node:path";
import { Failure } from "../../model/failure.js";
import { readRecordBlocks } from "./csv.js";
import { temporaryPath } from "./temporary-files.js";

const BUFFERED = 512 * 1024;

/** What becomes of a file, record by record; the first is the header. */
export interface Change {
  /** The record to write in place of this one; undefined drops it. */
  next(record: string): string | undefined;
  /** Records to append. */
  rest(): Iterable<string>;
}

/** Passes a file's records through `change` into a new file that then takes its place: readers see the one or the other. */
export async function rewriteFile(path: string, change: Change, signal: AbortSignal): Promise<void> {
  const temporary = temporaryPath(dirname(path));
  const mode = (await stat(path)).mode & 0o777;
  const file = await open(temporary, "wx", mode);
  try {
    let pending = "";
    const put = async (records: Iterable<string | undefined>): Promise<void> => {
      for (const record of records) {
        if (record !== undefined) pending += `${record}\r\n`;
        if (pending.length < BUFFERED) continue;
        await file.appendFile(pending);
        pending = "";
      }
    };
    for await (const block of readRecordBlocks(path, signal)) {
      await put(block.map((record) => change.next(record)));
    }
    await put(change.rest());
    await file.appendFile(pending);
    await file.sync();
    await file.close();
    await rename(temporary, path);
  } catch (error) {
    await file.close();
    await rm(temporary, { force: true });
    if (error instanceof Failure) throw error;
    if (signal.aborted) {
      throw new Failure("interrupted", "Stopped before the list was written.", { cause: error });
    }
    throw new Failure("permanent", "A list file could not be written.", { cause: error });
  }
}
