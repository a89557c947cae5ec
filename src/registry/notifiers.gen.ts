// Generated from the folders of src/notifiers by `npm run generate`. Do not edit.
import type { NotifierManifest } from "../model/manifests/notifier-manifest.js";
import type { NotifierPlugin } from "../plugin/notifier.js";
import { manifest as slack } from "../notifiers/slack/manifest.js";
import { manifest as smtp } from "../notifiers/smtp/manifest.js";
import { manifest as webhook } from "../notifiers/webhook/manifest.js";

export const MANIFESTS: readonly NotifierManifest[] = [slack, smtp, webhook];

/** By type; each is loaded when a config uses it. */
export const PLUGINS: Readonly<Record<string, () => Promise<NotifierPlugin>>> = {
  [slack.type]: async () => (await import("../notifiers/slack/index.js")).slack,
  [smtp.type]: async () => (await import("../notifiers/smtp/index.js")).smtp,
  [webhook.type]: async () => (await import("../notifiers/webhook/index.js")).webhook,
};
