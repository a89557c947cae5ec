import type { Config } from "../model/config/config.js";
import type { Notifier } from "../model/config/notifier.js";
import type { OpenNotifier } from "../plugin/notifier.js";
import { PLUGINS } from "../registry/notifiers.gen.js";
import { openOwnNotifier } from "./own/notifier.js";
import { resolveSecrets } from "./resolve-secrets.js";

/** Fetches its secrets and makes it ready; nothing is sent yet. A kind is loaded when there is something to tell. */
export async function openNotifier(
  { folder }: Pick<Config, "folder">,
  notifier: Notifier,
  signal: AbortSignal,
): Promise<OpenNotifier> {
  const { name, type, module, options } = notifier;
  const secrets = await resolveSecrets(notifier.secrets, { folder, signal, place: `notifiers.${name}` });
  if (module !== undefined) return openOwnNotifier(notifier, module, secrets, signal);
  const load = PLUGINS[type];
  if (load === undefined) throw new TypeError(`there is no notifier ${type}`);
  return (await load()).open(options, secrets, name);
}
