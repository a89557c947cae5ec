import type { StateBackend, StateBackendPlugin } from "../../plugin/state-backend.js";
import { ObjectBackend } from "../object-backend.js";
import { AzureBlobObjects } from "./azure-blob-store.js";
import { createContainerClient, type Secrets } from "./client.js";
import type { AzureBlobOptions } from "./options.js";

/** State in a container of Azure Blob Storage. */
export const azureBlob = {
  async open(options: AzureBlobOptions, secrets: Secrets): Promise<StateBackend> {
    const container = await createContainerClient(options, secrets);
    return new ObjectBackend(new AzureBlobObjects(container, options.prefix), options.prefix);
  },
} satisfies StateBackendPlugin;
