import type { StoreOptions } from "../../model/manifests/store-manifest.js";

export interface LocalOptions extends StoreOptions {
  readonly path: string;
}
