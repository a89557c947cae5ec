import type { StoreConfig } from "../model/config/store.js";
import type { SecretContext } from "../platform/secrets/resolve-secret.js";
import type { StateBackend } from "../plugin/state-backend.js";
import { PLUGINS } from "../registry/backends.gen.js";
import { resolveSecrets } from "./resolve-secrets.js";

/** Opens a store with the secrets that its config refers to; asks it nothing yet. */
export async function openBackend(
  { type, options, credentials }: StoreConfig,
  context: Omit<SecretContext, "place">,
): Promise<StateBackend> {
  const secrets = await resolveSecrets(credentials, { ...context, place: "state" });
  const load = PLUGINS[type];
  if (load === undefined) throw new TypeError(`there is no store ${type}`);
  return (await load()).open(options, secrets);
}
