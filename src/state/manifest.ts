import { readFile, rm } from "node:fs/promises";
import { join } from "node:path";
import type { Batch, Shipment } from "../reconcile/change-set/shipments.js";
import type { SentChangeSet } from "../reconcile/change-set/fold.js";
import { Failure } from "../model/failure.js";
import { validateManifest } from "../validators/manifest.gen.js";
import type { OpenState } from "./open-state.js";
import type { BlobRef } from "./root/root.js";
import type { StateStore } from "./store.js";

/**
 * What a run is about to send, stored before its first request: the change set
 * of every export and the bounds of every batch, so that another machine can
 * tell what was under way.
 */
export interface Manifest {
  readonly formatVersion: 1;
  readonly parts: readonly { readonly export: string; readonly listId: string; readonly rows: BlobRef }[];
  readonly shipments: readonly SentShipment[];
  readonly batches: readonly Batch[];
}

/** A shipment as far as a later run needs it. */
export type SentShipment = Pick<Shipment, "exportName" | "operation" | "stage" | "group" | "listId">;

/** Stores the change sets and says where. */
export async function storeManifest(
  { state, signal }: Omit<OpenState, "scratch">,
  changeSets: readonly SentChangeSet[],
  shipments: readonly Shipment[],
  batches: readonly Batch[],
): Promise<BlobRef> {
  const stored: Manifest["parts"][number][] = [];
  for (const { exportName, listId, path } of changeSets) {
    stored.push({ export: exportName, listId, rows: await state.putBlobFile("changesets", path, signal) });
  }
  const manifest: Manifest = {
    formatVersion: 1,
    parts: stored,
    shipments: shipments.map(({ exportName, operation, stage, group, listId }) => ({
      exportName,
      operation,
      stage,
      group,
      listId,
    })),
    batches,
  };
  return putManifest(state, manifest, signal);
}

export function putManifest(state: StateStore, manifest: Manifest, signal: AbortSignal): Promise<BlobRef> {
  return state.putBlobBytes("changesets", Buffer.from(JSON.stringify(manifest)), signal);
}

export interface LoadedManifest {
  readonly changeSets: readonly SentChangeSet[];
  readonly shipments: readonly SentShipment[];
  readonly batches: readonly Batch[];
}

/** Brings what an earlier run was about to send into the run folder. */
export async function loadManifest(
  { state, scratch, signal }: OpenState,
  ref: BlobRef,
  prefix: string,
): Promise<LoadedManifest> {
  const manifest = await readManifest(state, ref, join(scratch, `${prefix}-manifest.json`), signal);
  const changeSets: SentChangeSet[] = [];
  for (const [index, { export: exportName, listId, rows }] of manifest.parts.entries()) {
    const local = join(scratch, `${prefix}-change-set-${index}.parquet`);
    await state.fetchBlob(rows, local, signal);
    changeSets.push({ exportName, listId, path: local });
  }
  return { changeSets, shipments: manifest.shipments, batches: manifest.batches };
}

/** What is stored under a reference, checked; `path` is a free place in the run folder. */
export async function readManifest(
  state: StateStore,
  ref: BlobRef,
  path: string,
  signal: AbortSignal,
): Promise<Manifest> {
  await state.fetchBlob(ref, path, signal);
  try {
    return parseManifest(await readFile(path, "utf8"), `${ref.name} in ${state.backend.label}`);
  } finally {
    await rm(path, { force: true });
  }
}

/** Throws unless the text is a manifest that this version can go by. */
export function parseManifest(text: string, what: string): Manifest {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    throw damaged(what);
  }
  const version = (value as { formatVersion?: unknown } | null)?.formatVersion;
  if (Number.isInteger(version) && Number(version) > 1) {
    throw new Failure("invalid", `The unfinished run of ${what} was begun by a newer rollcall.`, {
      hint: "Install the version of rollcall that your team uses; nothing was changed.",
    });
  }
  if (!isManifest(value)) throw damaged(what);
  return value;
}

function isManifest(value: unknown): value is Manifest {
  return (
    validateManifest(value) &&
    (value as Manifest).parts.every(({ rows: { name, sha256 } }) => name === `changesets/${sha256}`)
  );
}

function damaged(what: string): Failure {
  return new Failure(
    "permanent",
    `${what} is damaged: it does not say what the unfinished run was sending.`,
    {
      hint: "Restore this file, or the whole state, from a backup; nothing was changed.",
    },
  );
}
