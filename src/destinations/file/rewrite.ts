import { randomUUID } from "node:crypto";
import { open, rename, rm, stat } from "node:fs/promises";
import { dirname, join } from "node:path";
import { Failure } from "../../model/failure.js";
import { records } from "./csv.js";

const BUFFERED = 512 * 1024;

/** Passes a file's records through `change` into a new file that then takes its place: readers see the one or the other. */
export async function rewrite(
  path: string,
  change: (records: AsyncIterable<string>) => AsyncIterable<string>,
  signal: AbortSignal,
): Promise<void> {
  const temporary = join(dirname(path), `.${randomUUID()}.tmp`);
  const mode = (await stat(path)).mode & 0o777;
  const file = await open(temporary, "wx", mode);
  try {
    let pending = "";
    for await (const record of change(records(path, signal))) {
      pending += `${record}\r\n`;
      if (pending.length < BUFFERED) continue;
      await file.appendFile(pending);
      pending = "";
    }
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
