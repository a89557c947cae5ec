// Generated from the folders of src/sources by `npm run generate`. Do not edit.
import type { SourceManifest } from "../model/config/source.js";
import type { SourcePlugin } from "../plugin/source.js";
import { manifest as cdm } from "../sources/cdm/manifest.js";
import { manifest as command } from "../sources/command/manifest.js";
import { manifest as duckdb } from "../sources/duckdb/manifest.js";
import { manifest as files } from "../sources/files/manifest.js";
import { manifest as postgres } from "../sources/postgres/manifest.js";

export const MANIFESTS: readonly SourceManifest[] = [cdm, command, duckdb, files, postgres];

/** By type; each is loaded when a config uses it. */
export const PLUGINS: Readonly<Record<string, () => Promise<SourcePlugin>>> = {
  [cdm.type]: async () => (await import("../sources/cdm/index.js")).cdm,
  [command.type]: async () => (await import("../sources/command/index.js")).command,
  [duckdb.type]: async () => (await import("../sources/duckdb/index.js")).duckdb,
  [files.type]: async () => (await import("../sources/files/index.js")).files,
  [postgres.type]: async () => (await import("../sources/postgres/index.js")).postgres,
};
