import type { StoreOptions } from "../../model/manifests/store-manifest.js";

export interface PostgresOptions extends StoreOptions {
  readonly schema: string;
  /** Tells the states of one schema apart. */
  readonly name: string;
}
