import { newStateKey, parseStateKey } from "../../state/storage/state-key.js";

/** `rollcall state new-key`: a key to encrypt state with, and its id. */
export function makeStateKey(): { key: string; keyId: string } {
  const key = newStateKey();
  return { key, keyId: parseStateKey(key, "The new key").id };
}
