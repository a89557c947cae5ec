import type { SecretRef } from "../model/config/secret-ref.js";
import { resolveSecret, type SecretContext } from "../platform/secrets/resolve-secret.js";
import type { Secret } from "../platform/secrets/secret.js";

/** Fetches the secrets of an entry of the config, by their keys; `place` is where the entry is. */
export async function resolveSecrets(
  refs: Readonly<Record<string, SecretRef>>,
  { place, ...context }: SecretContext,
): Promise<Record<string, Secret>> {
  const secrets: Record<string, Secret> = {};
  for (const [key, ref] of Object.entries(refs))
    secrets[key] = await resolveSecret(ref, { ...context, place: `${place}.${key}` });
  return secrets;
}
