import type { Config } from "../model/config/config.js";
import type { SecretRef } from "../model/config/secret-ref.js";
import { resolveSecret, secretInWords } from "../platform/secrets/resolve-secret.js";
import { mustHaveRoot } from "../state/root/lost-root.js";
import { KeyRing, parseStateKey, type StateKey } from "../state/storage/state-key.js";
import { openState, type StateStore } from "../state/store.js";
import { openBackend } from "./backends.js";

/** The state of a config, with the keys that it is encrypted with. Throws when only its root document is lost. */
export async function openExistingState(config: Config, signal: AbortSignal): Promise<StateStore> {
  const state = await openProjectState(config, signal);
  await mustHaveRoot(state, signal);
  return state;
}

/** The same, also when a copy is about to be brought back because the root document is lost. */
export async function openProjectState(config: Config, signal: AbortSignal): Promise<StateStore> {
  const backend = await openBackend(config.state.store, { folder: config.folder, signal });
  return openState(backend, signal, await readStateKeys(config, signal), config.environment);
}

export async function readStateKeys(config: Config, signal: AbortSignal): Promise<KeyRing> {
  const { encryption } = config.state;
  if (encryption === undefined) return new KeyRing();
  const read = async (ref: SecretRef, place: string): Promise<StateKey> => {
    const secret = await resolveSecret(ref, { folder: config.folder, signal, place });
    return parseStateKey(secret.reveal(), secretInWords(ref, place));
  };
  const current = await read(encryption.key, "state.encryption.key");
  const previous: StateKey[] = [];
  for (const [index, ref] of encryption.previousKeys.entries())
    previous.push(await read(ref, `state.encryption.previousKeys[${index}]`));
  return new KeyRing(current, previous);
}
