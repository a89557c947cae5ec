import type { AzureBlobStore } from "../../model/store.js";
import type { StateBackend } from "../../plugin/state-backend.js";
import { ObjectBackend } from "../object-backend.js";
import { AzureBlobObjects } from "./azure-blob-store.js";
import { containerClient, type Secrets } from "./client.js";

/** State in a container of Azure Blob Storage. */
export async function azureBlob(store: AzureBlobStore, secrets: Secrets): Promise<StateBackend> {
  const container = await containerClient(store, secrets);
  return new ObjectBackend(new AzureBlobObjects(container, store.prefix), store.prefix);
}
