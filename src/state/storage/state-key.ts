import { createHmac, randomBytes } from "node:crypto";
import { Failure } from "../../model/failure.js";

/** The key that state is encrypted with; its `id` is a fingerprint that may be shown. */
export interface StateKey {
  readonly id: string;
  readonly bytes: Buffer;
}

const FORMS = [
  { form: /^[0-9a-f]{64}$/i, encoding: "hex" },
  { form: /^[A-Za-z0-9+/]{43}=?$/, encoding: "base64" },
  { form: /^[A-Za-z0-9_-]{43}=?$/, encoding: "base64url" },
] as const;

/** Reads a key of 32 bytes in base64 or hex; `what` names where it came from. */
export function parseStateKey(text: string, what: string): StateKey {
  const found = FORMS.find(({ form }) => form.test(text));
  if (found === undefined) {
    throw new Failure(
      "invalid",
      `${what} is not a key for the state: it has to be 32 bytes in base64 or hex.`,
      {
        hint: "Make one with `rollcall state new-key` (or `openssl rand -base64 32`) and keep it where your other secrets are.",
      },
    );
  }
  const bytes = Buffer.from(text, found.encoding);
  return { id: fingerprint(bytes), bytes };
}

/** A fresh key in base64. */
export function newStateKey(): string {
  return randomBytes(32).toString("base64");
}

/** Eight bytes that tell keys apart and say nothing about them. */
function fingerprint(bytes: Buffer): string {
  return createHmac("sha256", bytes).update("rollcall state key id").digest("hex").slice(0, 16);
}

/** The keys that a config gives: `current` encrypts, all of them decrypt. Without any, state is written in clear. */
export class KeyRing {
  readonly current: StateKey | undefined;
  readonly #all: readonly StateKey[];

  constructor(current?: StateKey, previous: readonly StateKey[] = []) {
    this.current = current;
    this.#all = current === undefined ? [] : [current, ...previous];
  }

  /** These keys, and those of another ring to decrypt with. One without keys takes none. */
  alsoReading(other: KeyRing): KeyRing {
    return this.current === undefined
      ? this
      : new KeyRing(this.current, [...this.#all.slice(1), ...other.#all]);
  }

  /** Throws when there is no key with this id; `what` is encrypted with it. */
  find(id: string, what: string): StateKey {
    const key = this.#all.find((one) => one.id === id);
    if (key !== undefined) return key;
    if (this.current === undefined) {
      throw new Failure("invalid", `${what} is encrypted with the key ${id}, and the config names no key.`, {
        hint: "Give the key: `state: {encryption: {key: {env: NAME}}}`. Nothing was changed.",
      });
    }
    throw new Failure(
      "invalid",
      `${what} is encrypted with the key ${id}; the config gives ${this.#all.map((one) => one.id).join(", ")}.`,
      {
        hint:
          "Give the key with that id as `state.encryption.key`, or among `previousKeys` and then run `rollcall state rekey`. " +
          "Nothing was changed.",
      },
    );
  }
}
