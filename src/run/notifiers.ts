import type { Config } from "../model/config.js";
import { secretsOf, type Notifier } from "../model/notifier.js";
import { resolveSecret } from "../platform/resolve-secret.js";
import type { Secret } from "../platform/secret.js";
import type { OpenNotifier } from "../plugin/notifier.js";

/** Fetches its secrets and makes it ready; nothing is sent yet. A kind is loaded when there is something to tell. */
export async function openNotifier(
  { folder }: Pick<Config, "folder">,
  notifier: Notifier,
  signal: AbortSignal,
): Promise<OpenNotifier> {
  const secrets: Record<string, Secret> = {};
  for (const [key, ref] of Object.entries(secretsOf(notifier)))
    secrets[key] = await resolveSecret(ref, { folder, signal, place: `notifiers.${notifier.name}.${key}` });
  switch (notifier.type) {
    case "slack":
      return (await import("../notifiers/slack/index.js")).slack.open(notifier, secrets);
    case "webhook":
      return (await import("../notifiers/webhook/index.js")).webhook.open(notifier, secrets);
    case "smtp":
      return (await import("../notifiers/smtp/index.js")).smtp.open(notifier, secrets);
  }
}
