import type { StoreConfig } from "../model/config/store.js";
import { resolveSecret, type SecretContext } from "../platform/secrets/resolve-secret.js";
import type { Secret } from "../platform/secrets/secret.js";
import type { StateBackend } from "../plugin/state-backend.js";
import { PLUGINS } from "../registry/backends.gen.js";

/** Opens a store with the secrets that its config refers to; asks it nothing yet. */
export async function openBackend(
  { type, options, credentials }: StoreConfig,
  context: Omit<SecretContext, "place">,
): Promise<StateBackend> {
  const secrets: Record<string, Secret> = {};
  for (const [key, ref] of Object.entries(credentials))
    secrets[key] = await resolveSecret(ref, { ...context, place: `state.${key}` });
  const load = PLUGINS[type];
  if (load === undefined) throw new TypeError(`there is no store ${type}`);
  return (await load()).open(options, secrets);
}
