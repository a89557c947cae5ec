import type { StoreConfig, StoreType } from "../model/store.js";
import type { SecretRef } from "../model/secret-ref.js";
import { resolveSecret, type SecretContext } from "../platform/resolve-secret.js";
import type { Secret } from "../platform/secret.js";
import type { StateBackend } from "../plugin/state-backend.js";

type Open<Store extends StoreConfig> = (
  store: Store,
  secrets: Readonly<Partial<Record<keyof Store["credentials"], Secret>>>,
) => Promise<StateBackend>;

/** Every kind of store, loaded when a config uses it. */
const OPEN: { readonly [Type in StoreType]: Open<Extract<StoreConfig, { type: Type }>> } = {
  local: async ({ path }) => new (await import("../backends/local/local-backend.js")).LocalBackend(path),
  azureBlob: async (...given) => (await import("../backends/azure-blob/index.js")).azureBlob(...given),
  s3: async (...given) => (await import("../backends/s3/index.js")).s3(...given),
  postgres: async (...given) => (await import("../backends/postgres/index.js")).postgres(...given),
};

/** Opens a store with the secrets that its config refers to; asks it nothing yet. */
export async function openBackend(
  store: StoreConfig,
  context: Omit<SecretContext, "place">,
): Promise<StateBackend> {
  const secrets: Record<string, Secret> = {};
  for (const [key, ref] of Object.entries<SecretRef | undefined>(store.credentials))
    if (ref !== undefined) secrets[key] = await resolveSecret(ref, { ...context, place: `state.${key}` });
  return (OPEN[store.type] as Open<StoreConfig>)(store, secrets);
}
