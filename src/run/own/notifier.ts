import type { Notifier } from "../../model/config/notifier.js";
import { notifierKit } from "../../plugin/kit.js";
import type { Secrets } from "../../platform/secrets/secret.js";
import type { OpenNotifier } from "../../plugin/notifier.js";
import type { OwnNotifierModule } from "../../plugin/own-module.js";
import { guard, importModule } from "./module.js";

/** A notifier of a type that a module of the project brings. */
export async function openOwnNotifier(
  { name, options }: Notifier,
  module: string,
  secrets: Secrets,
  signal: AbortSignal,
): Promise<OpenNotifier> {
  const whose = `The plug-in of notifier "${name}"`;
  const { load } = await importModule<OwnNotifierModule>(module);
  const open = await guard(whose, signal, async () => (await load(notifierKit)).open(options, secrets, name));
  return { send: (notice, within) => guard(whose, within, () => open.send(notice, within)) };
}
