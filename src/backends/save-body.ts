import { open, rm } from "node:fs/promises";
import type { Readable } from "node:stream";
import { Failure } from "../model/failure.js";
import { explainTemporaryFault } from "../platform/files/temporary-fault.js";

/** A store that sends nothing for so long has hung. */
const IDLE_MS = 60_000;

/** All of a body that a store sends; `what` names it. */
export async function readBody(body: Readable, what: string, signal: AbortSignal): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of readPieces(body, what, signal)) chunks.push(chunk);
  return Buffer.concat(chunks);
}

/** Writes it piece by piece to a new file that only its owner can read; a file that was there is replaced. */
export async function saveBody(
  body: AsyncIterable<Buffer>,
  path: string,
  signal: AbortSignal,
): Promise<void> {
  try {
    await rm(path, { force: true });
    const file = await open(path, "wx", 0o600);
    try {
      for await (const chunk of body) {
        signal.throwIfAborted();
        for (let at = 0; at < chunk.length;) at += (await file.write(chunk, at)).bytesWritten;
      }
    } finally {
      await file.close();
    }
  } catch (error) {
    signal.throwIfAborted();
    throw explainTemporaryFault(error, path);
  }
}

/** The pieces of a body; a connection that breaks or hangs is `Failure("transient")`. */
export async function* readPieces(body: Readable, what: string, signal: AbortSignal): AsyncIterable<Buffer> {
  const stop = (): void => void body.destroy();
  const hung = (): void => void body.destroy(new Error("hung"));
  let timer = setTimeout(hung, IDLE_MS);
  signal.addEventListener("abort", stop, { once: true });
  try {
    signal.throwIfAborted();
    for await (const chunk of body) {
      clearTimeout(timer);
      signal.throwIfAborted();
      yield chunk as Buffer;
      timer = setTimeout(hung, IDLE_MS);
    }
    signal.throwIfAborted();
  } catch (error) {
    signal.throwIfAborted();
    if (error instanceof Failure) throw error;
    throw new Failure("transient", `reading ${what} was cut off`, { hint: "Run the command again." });
  } finally {
    clearTimeout(timer);
    signal.removeEventListener("abort", stop);
    body.destroy();
  }
}
