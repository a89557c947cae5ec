import { readFile } from "node:fs/promises";
import { join } from "node:path";
import type { Batch, Shipment } from "../../engine/change-set.js";
import type { ChangeSetPart } from "../../engine/fold.js";
import { Failure } from "../../model/failure.js";
import type { BlobRef } from "../../state/root.js";
import type { Session } from "../prepare/session.js";

/**
 * What a run is about to send, stored before its first request: the change set
 * of every export and the bounds of every batch, so that another machine can
 * tell what was under way.
 */
interface Manifest {
  readonly formatVersion: 1;
  readonly parts: readonly { readonly export: string; readonly listId: string; readonly rows: BlobRef }[];
  readonly shipments: readonly SentShipment[];
  readonly batches: readonly Batch[];
}

/** A shipment as far as a later run needs it. */
export type SentShipment = Pick<Shipment, "exportName" | "operation" | "stage" | "group" | "listId">;

/** Stores the change sets and says where. */
export async function storeManifest(
  { state, signal }: Session,
  parts: readonly ChangeSetPart[],
  shipments: readonly Shipment[],
  batches: readonly Batch[],
): Promise<BlobRef> {
  const stored: Manifest["parts"][number][] = [];
  for (const { exportName, listId, path } of parts) {
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
  return state.putBlobBytes("changesets", Buffer.from(JSON.stringify(manifest)), signal);
}

export interface LoadedManifest {
  readonly parts: readonly ChangeSetPart[];
  readonly shipments: readonly SentShipment[];
  readonly batches: readonly Batch[];
}

/** Brings what an earlier run was about to send into the run folder. */
export async function loadManifest(
  { state, scratch, signal }: Session,
  ref: BlobRef,
  prefix: string,
): Promise<LoadedManifest> {
  const path = join(scratch, `${prefix}-manifest.json`);
  await state.fetchBlob(ref, path, signal);
  const manifest = JSON.parse(await readFile(path, "utf8")) as Manifest;
  if (manifest.formatVersion !== 1) {
    throw new Failure("invalid", "The unfinished run was begun by a newer rollcall.", {
      hint: "Install the version of rollcall that your team uses; nothing was changed.",
    });
  }
  const parts: ChangeSetPart[] = [];
  for (const [index, { export: exportName, listId, rows }] of manifest.parts.entries()) {
    const local = join(scratch, `${prefix}-part-${index}.parquet`);
    await state.fetchBlob(rows, local, signal);
    parts.push({ exportName, listId, path: local });
  }
  return { parts, shipments: manifest.shipments, batches: manifest.batches };
}
