import { resolve } from "node:path";
import { isDeepStrictEqual } from "node:util";
import { storeOf } from "../../../config/normalise/store.js";
import { loadConfig } from "../../../config/load.js";
import type { Config } from "../../../model/config/config.js";
import type { Diagnostic } from "../../../model/diagnostic.js";
import { Failure } from "../../../model/failure.js";
import type { StoreConfig } from "../../../model/config/store.js";
import type { StateBackend } from "../../../plugin/state-backend.js";
import { KeyRing } from "../../../state/storage/state-key.js";
import { openBackend } from "../../../run/backends.js";
import { readStateKeys } from "../../../run/project-state.js";
import type { StateOptions } from "../../../run/open-state.js";

/** Where the state is until now: the place that another config names, or a folder. */
export type OldPlace = { readonly config: string } | { readonly folder: string };

export interface Places {
  /** The one that moves in. */
  readonly config: Config;
  readonly from: StateBackend;
  readonly to: StateBackend;
  /** Those of the new place, which also read what the old one holds. */
  readonly keys: KeyRing;
}

interface OldState {
  readonly store: StoreConfig;
  readonly context: string;
  readonly keys: KeyRing;
}

/** Opens both places; asks neither anything yet. `places` is undefined when one of the configs is invalid. */
export async function openPlaces(
  options: StateOptions,
  old: OldPlace,
): Promise<{ places: Places | undefined; diagnostics: readonly Diagnostic[] }> {
  const { config, diagnostics } = await loadConfig(options);
  if (config === undefined) return { places: undefined, diagnostics };
  const { signal } = options;
  const before = "folder" in old ? folderOf(options, old.folder) : await openConfigured(options, old.config);
  if ("diagnostics" in before) return { places: undefined, diagnostics: before.diagnostics };
  if (samePlace(before.store, config.state.store)) throw notMoved();
  const from = await openBackend(before.store, { folder: before.context, signal });
  const to = await openBackend(config.state.store, { folder: config.folder, signal });
  const keys = (await readStateKeys(config, signal)).alsoReading(before.keys);
  return { places: { config, from, to, keys }, diagnostics };
}

function folderOf({ cwd }: StateOptions, folder: string): OldState {
  const path = resolve(cwd, folder);
  const store = storeOf({ path }, { folder: path, secrets: path, environment: undefined });
  return { store, context: path, keys: new KeyRing() };
}

async function openConfigured(
  options: StateOptions,
  path: string,
): Promise<OldState | { readonly diagnostics: readonly Diagnostic[] }> {
  const load = { ...options, configPath: path };
  let { config, diagnostics } = await loadConfig(load);
  // Moving is when environments are often introduced.
  if (diagnostics.some(({ code }) => code === "unknown-environment"))
    ({ config, diagnostics } = await loadConfig({ ...load, environment: undefined }));
  if (config === undefined) return { diagnostics };
  const { state, folder } = config;
  return { store: state.store, context: folder, keys: await readStateKeys(config, options.signal) };
}

function samePlace(one: StoreConfig, other: StoreConfig): boolean {
  return isDeepStrictEqual({ ...one, credentials: undefined }, { ...other, credentials: undefined });
}

function notMoved(): Failure {
  return new Failure("invalid", "The old place is the one that the configuration names now.", {
    hint: "Write the new place into `state:`, and name the old one: --from with the configuration of before, or --from-path with a folder.",
  });
}
