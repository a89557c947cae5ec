// Generated from the folders of src/backends by `npm run generate`. Do not edit.
import type { StoreManifest } from "../model/manifests/store-manifest.js";
import type { StateBackendPlugin } from "../plugin/state-backend.js";
import { manifest as azureBlob } from "../backends/azure-blob/manifest.js";
import { manifest as local } from "../backends/local/manifest.js";
import { manifest as postgres } from "../backends/postgres/manifest.js";
import { manifest as s3 } from "../backends/s3/manifest.js";

export const MANIFESTS: readonly StoreManifest[] = [azureBlob, local, postgres, s3];

/** By type; each is loaded when a config uses it. */
export const PLUGINS: Readonly<Record<string, () => Promise<StateBackendPlugin>>> = {
  [azureBlob.type]: async () => (await import("../backends/azure-blob/index.js")).azureBlob,
  [local.type]: async () => (await import("../backends/local/index.js")).local,
  [postgres.type]: async () => (await import("../backends/postgres/index.js")).postgres,
  [s3.type]: async () => (await import("../backends/s3/index.js")).s3,
};
