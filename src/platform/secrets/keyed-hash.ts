import { createHash, createHmac } from "node:crypto";
import { Failure } from "../../model/failure.js";
import type { Secret } from "./secret.js";

/** SHA-256 works on blocks of this many bytes (RFC 2104). */
const BLOCK = 64;
/** 128 bits, written as hex; whatever is shorter could be found by trying. */
const SHORTEST = 32;

/**
 * HMAC-SHA-256 under one key, here and as SQL. The key never shows: not in
 * printing, and its SQL must not be kept in a view or a macro, where other SQL
 * could read it.
 */
export class KeyedHash {
  readonly #key: Buffer;

  constructor(secret: Secret) {
    const text = secret.reveal();
    if (text.length < SHORTEST) {
      throw new Failure("invalid", `forget.key has ${text.length} characters, which is too few.`, {
        hint: "Make one with `openssl rand -hex 32`, and keep it for good.",
      });
    }
    this.#key = Buffer.from(text);
  }

  /** Tells keys apart and says nothing about them. */
  get keyId(): string {
    return this.of("rollcall forget key 1").slice(0, 16);
  }

  /** Hex. */
  of(text: string): string {
    return createHmac("sha256", this.#key).update(text).digest("hex");
  }

  /** SQL for `of` over an expression of text. */
  sqlOf(expression: string): string {
    const inner = `sha256(${this.#pad(0x36)} || encode(${expression}))`;
    return `sha256(${this.#pad(0x5c)} || unhex(${inner}))`;
  }

  #pad(byte: number): string {
    const key = this.#key.length > BLOCK ? createHash("sha256").update(this.#key).digest() : this.#key;
    const block = Buffer.alloc(BLOCK, byte);
    for (const [index, value] of key.entries()) block[index] = byte ^ value;
    return `unhex('${block.toString("hex")}')`;
  }
}
