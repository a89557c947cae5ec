import { createCipheriv, createDecipheriv, createHash, hkdfSync, randomBytes } from "node:crypto";
import type { CipherGCM, DecipherGCM } from "node:crypto";
import { open, rm, type FileHandle } from "node:fs/promises";
import { Failure } from "../../model/failure.js";
import { explainTemporaryFault } from "../../platform/files/temporary-fault.js";
import type { KeyRing, StateKey } from "./state-key.js";

/**
 * What encrypted state looks like on disk (docs/adr says why):
 *
 * ```
 * "ROLLCALL" | version 1 | key id (8) | salt (16) | plain length (8) | AES-256-GCM ciphertext | tag (16)
 * ```
 *
 * Every envelope has a key and nonce of its own, derived from the state's key
 * and the salt. Header, lineage and purpose are authenticated, so that an
 * envelope moved to another place or another state does not open.
 */
const MAGIC = Buffer.from("ROLLCALL");
const VERSION = 1;
const HEADER = MAGIC.length + 1 + 8 + 16 + 8;
const TAG = 16;
const CHUNK = 1 << 20;

/** What an envelope is bound to. */
export interface Binding {
  readonly lineage: string;
  /** What the content is for: a kind of blob, or the name of a journal segment. */
  readonly purpose: string;
  /** For messages: which blob, and where. */
  readonly what: string;
}

interface Header {
  readonly keyId: string;
  readonly bytes: Buffer;
  readonly salt: Buffer;
  readonly plain: number;
}

/** Whether stored bytes are an envelope; anything else was stored in clear. */
export function isSealed(start: Uint8Array): boolean {
  return MAGIC.equals(start.subarray(0, MAGIC.length));
}

/** Whether an envelope ends before its header says so. */
export function isCutOff(stored: Uint8Array): boolean {
  if (stored.length < HEADER) return true;
  const plain = Buffer.from(stored.subarray(HEADER - 8, HEADER)).readBigUInt64BE();
  return BigInt(stored.length) < BigInt(HEADER) + plain + BigInt(TAG);
}

/** The id of the key that stored bytes are encrypted with; undefined for what is in clear. */
export function sealingKeyId(start: Uint8Array): string | undefined {
  if (!isSealed(start) || start.length < HEADER) return undefined;
  return Buffer.from(start.subarray(MAGIC.length + 1, MAGIC.length + 9)).toString("hex");
}

export function sealBytes(plain: Uint8Array, key: StateKey, binding: Binding): Buffer {
  const header = newHeader(key, plain.length);
  const cipher = cipherOf(header, key, binding);
  return Buffer.concat([header.bytes, cipher.update(plain), cipher.final(), cipher.getAuthTag()]);
}

/** Throws unless every byte is as it was sealed. */
export function unsealBytes(stored: Uint8Array, keys: KeyRing, binding: Binding): Buffer {
  const header = readHeader(stored, stored.length, binding);
  const key = keys.find(header.keyId, binding.what);
  const decipher = decipherOf(header, key, binding, stored.subarray(stored.length - TAG));
  const plain = decipher.update(stored.subarray(HEADER, stored.length - TAG));
  finish(decipher, binding);
  return plain;
}

/** Writes the envelope of a file to a new file; returns the hash and size of what was written. */
export async function sealFile(
  from: string,
  to: string,
  key: StateKey,
  binding: Binding,
  signal: AbortSignal,
): Promise<{ sha256: string; bytes: number }> {
  return withFiles(from, to, async (source, target) => {
    const size = (await source.stat()).size;
    const header = newHeader(key, size);
    const cipher = cipherOf(header, key, binding);
    const hash = createHash("sha256");
    const write = async (part: Buffer): Promise<void> => {
      hash.update(part);
      await writeAll(target, part);
    };
    await write(header.bytes);
    let read = 0;
    for await (const chunk of chunks(source, 0, size, signal)) {
      read += chunk.length;
      await write(cipher.update(chunk));
    }
    if (read !== size) throw new TypeError(`${from} changed while it was read`);
    await write(Buffer.concat([cipher.final(), cipher.getAuthTag()]));
    return { sha256: hash.digest("hex"), bytes: HEADER + size + TAG };
  });
}

/** Decrypts to a new file, which is there only if every byte is as it was sealed. */
export async function unsealFile(
  from: string,
  to: string,
  keys: KeyRing,
  binding: Binding,
  signal: AbortSignal,
): Promise<void> {
  await withFiles(from, to, async (source, target) => {
    const size = (await source.stat()).size;
    const header = readHeader(await readAt(source, 0, HEADER), size, binding);
    const key = keys.find(header.keyId, binding.what);
    const decipher = decipherOf(header, key, binding, await readAt(source, size - TAG, TAG));
    for await (const chunk of chunks(source, HEADER, size - TAG, signal)) {
      await writeAll(target, decipher.update(chunk));
    }
    finish(decipher, binding);
  });
}

function newHeader({ id }: StateKey, plain: number): Header {
  const salt = randomBytes(16);
  const length = Buffer.alloc(8);
  length.writeBigUInt64BE(BigInt(plain));
  const bytes = Buffer.concat([MAGIC, Buffer.of(VERSION), Buffer.from(id, "hex"), salt, length]);
  return { keyId: id, bytes, salt, plain };
}

function readHeader(start: Uint8Array, size: number, binding: Binding): Header {
  if (start.length < HEADER) throw damaged(binding, "it is cut off");
  const bytes = Buffer.from(start.subarray(0, HEADER));
  const version = bytes[MAGIC.length] ?? 0;
  if (version > VERSION) {
    throw new Failure("invalid", `${binding.what} was written by a newer rollcall.`, {
      hint: "Install the version of rollcall that your team uses; nothing was changed.",
    });
  }
  const plain = bytes.readBigUInt64BE(HEADER - 8);
  const expected = BigInt(HEADER) + plain + BigInt(TAG);
  if (!isSealed(bytes) || version !== VERSION) throw damaged(binding, "its header is not one");
  if (BigInt(size) < expected) throw damaged(binding, "it is cut off");
  if (BigInt(size) > expected) throw damaged(binding, "something was added to it");
  const keyId = bytes.subarray(MAGIC.length + 1, MAGIC.length + 9).toString("hex");
  return { keyId, bytes, salt: bytes.subarray(MAGIC.length + 9, HEADER - 8), plain: Number(plain) };
}

function cipherOf(header: Header, key: StateKey, binding: Binding): CipherGCM {
  const { secret, nonce } = derived(header, key);
  return createCipheriv("aes-256-gcm", secret, nonce).setAAD(associated(header, binding));
}

function decipherOf(header: Header, key: StateKey, binding: Binding, tag: Uint8Array): DecipherGCM {
  const { secret, nonce } = derived(header, key);
  return createDecipheriv("aes-256-gcm", secret, nonce, { authTagLength: TAG })
    .setAAD(associated(header, binding))
    .setAuthTag(tag);
}

function derived({ salt }: Header, { bytes }: StateKey): { secret: Buffer; nonce: Buffer } {
  const all = Buffer.from(hkdfSync("sha256", bytes, salt, "rollcall state envelope 1", 44));
  return { secret: all.subarray(0, 32), nonce: all.subarray(32) };
}

function associated({ bytes }: Header, { lineage, purpose }: Binding): Buffer {
  return Buffer.concat([bytes, Buffer.from(`${lineage}\n${purpose}`)]);
}

function finish(decipher: DecipherGCM, binding: Binding): void {
  try {
    decipher.final();
  } catch {
    throw damaged(binding, "its bytes changed, or it belongs to another state or another place");
  }
}

function damaged({ what }: Binding, why: string): Failure {
  return new Failure("permanent", `${what} is damaged: ${why}.`, {
    hint: "Restore this file, or the whole state, from a backup; nothing was changed.",
  });
}

/** Works from one file to a new one; what fails leaves no new file. */
async function withFiles<T>(
  from: string,
  to: string,
  work: (source: FileHandle, target: FileHandle) => Promise<T>,
): Promise<T> {
  const source = await open(from, "r");
  try {
    const target = await open(to, "wx", 0o600).catch((error: unknown) => {
      throw explainTemporaryFault(error, to);
    });
    try {
      return await work(source, target);
    } catch (error) {
      await rm(to, { force: true });
      throw explainTemporaryFault(error, to);
    } finally {
      await target.close();
    }
  } finally {
    await source.close();
  }
}

async function* chunks(
  source: FileHandle,
  from: number,
  to: number,
  signal: AbortSignal,
): AsyncIterable<Buffer> {
  for (let at = from; at < to;) {
    signal.throwIfAborted();
    const chunk = await readAt(source, at, Math.min(CHUNK, to - at));
    if (chunk.length === 0) return;
    at += chunk.length;
    yield chunk;
  }
}

async function readAt(source: FileHandle, at: number, length: number): Promise<Buffer> {
  if (at < 0) return Buffer.alloc(0);
  const buffer = Buffer.allocUnsafe(length);
  const { bytesRead } = await source.read(buffer, 0, length, at);
  return buffer.subarray(0, bytesRead);
}

/** A short write means that the disk filled up in the middle; the next one says so. */
async function writeAll(target: FileHandle, bytes: Uint8Array): Promise<void> {
  for (let at = 0; at < bytes.length;) at += (await target.write(bytes, at)).bytesWritten;
}
