import type { StoreOptions } from "../../model/manifests/store-manifest.js";

export interface AzureBlobOptions extends StoreOptions {
  /** Address of the storage account; undefined when the connection string says it. */
  readonly account: string | undefined;
  readonly container: string;
  readonly prefix: string;
}
