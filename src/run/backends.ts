import type { StoreConfig } from "../model/config/store.js";
import type { SecretContext } from "../platform/secrets/resolve-secret.js";
import type { StoreOptions } from "../model/manifests/store-manifest.js";
import type { StateBackend, StateBackendPlugin } from "../plugin/state-backend.js";
import { PLUGINS } from "../registry/backends.gen.js";
import { folders } from "../registry/backends.js";
import { resolveSecrets } from "./resolve-secrets.js";

/** Opens a store with the secrets that its config refers to; asks it nothing yet. */
export async function openBackend(
  { type, options, credentials }: StoreConfig,
  context: Omit<SecretContext, "place">,
): Promise<StateBackend> {
  const secrets = await resolveSecrets(credentials, { ...context, place: "state" });
  return (await loadPlugin(type)).open(options, secrets);
}

/** The state in a folder, whatever the config says of where state is: a copy, or that of a test. */
export async function openFolder(path: string): Promise<StateBackend> {
  const places = folders.pathKeys.map((key) => [key, path]);
  return (await loadPlugin(folders.type)).open(Object.fromEntries(places) as StoreOptions, {});
}

async function loadPlugin(type: string): Promise<StateBackendPlugin> {
  const load = PLUGINS[type];
  if (load === undefined) throw new TypeError(`there is no store ${type}`);
  return load();
}
