// Generated from the folders of src/destinations by `npm run generate`. Do not edit.
import type { DestinationManifest } from "../model/manifests/destination-manifest.js";
import type { DestinationPlugin } from "../plugin/destination.js";
import { manifest as brevo } from "../destinations/brevo/manifest.js";
import { manifest as file } from "../destinations/file/manifest.js";
import { manifest as sendgrid } from "../destinations/sendgrid/manifest.js";

export const MANIFESTS: readonly DestinationManifest[] = [brevo, file, sendgrid];

/** By type; each is loaded when a config uses it. */
export const PLUGINS: Readonly<Record<string, () => Promise<DestinationPlugin>>> = {
  [brevo.type]: async () => (await import("../destinations/brevo/index.js")).brevo,
  [file.type]: async () => (await import("../destinations/file/index.js")).file,
  [sendgrid.type]: async () => (await import("../destinations/sendgrid/index.js")).sendgrid,
};
