import type { Config } from "../model/config/config.js";
import type { Notifier } from "../model/config/notifier.js";
import { resolveSecret } from "../platform/secrets/resolve-secret.js";
import type { Secret } from "../platform/secrets/secret.js";
import type { OpenNotifier } from "../plugin/notifier.js";
import { PLUGINS } from "../registry/notifiers.gen.js";

/** Fetches its secrets and makes it ready; nothing is sent yet. A kind is loaded when there is something to tell. */
export async function openNotifier(
  { folder }: Pick<Config, "folder">,
  notifier: Notifier,
  signal: AbortSignal,
): Promise<OpenNotifier> {
  const { name, type, options } = notifier;
  const secrets: Record<string, Secret> = {};
  for (const [key, ref] of Object.entries(notifier.secrets))
    secrets[key] = await resolveSecret(ref, { folder, signal, place: `notifiers.${name}.${key}` });
  const load = PLUGINS[type];
  if (load === undefined) throw new TypeError(`there is no notifier ${type}`);
  return (await load()).open(options, secrets, name);
}
