import { Readable } from "node:stream";
import { createGunzip } from "node:zlib";

/**
 * The bytes of `body`, unpacked when they start like a gzip file. Names and
 * headers do not help: SendGrid's exports are called `.csv.gzip`, and come with
 * and without `Content-Encoding`.
 */
export async function unpackGzip(body: Readable): Promise<Readable> {
  const chunks = body[Symbol.asyncIterator]() as AsyncIterator<Uint8Array>;
  let head = Buffer.alloc(0);
  let ended = false;
  while (head.length < 2 && !ended) {
    const next = await chunks.next();
    if (next.done === true) ended = true;
    else head = Buffer.concat([head, next.value]);
  }
  const all = Readable.from(rest(head, chunks), { objectMode: false });
  if (head[0] !== 0x1f || head[1] !== 0x8b) return all;
  const unpacked = createGunzip();
  all.on("error", (error) => unpacked.destroy(error));
  return all.pipe(unpacked);
}

async function* rest(head: Uint8Array, chunks: AsyncIterator<Uint8Array>): AsyncGenerator<Uint8Array> {
  try {
    if (head.length > 0) yield head;
    for (;;) {
      const next = await chunks.next();
      if (next.done === true) return;
      yield next.value;
    }
  } finally {
    await chunks.return?.();
  }
}
