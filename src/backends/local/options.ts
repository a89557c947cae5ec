import type { StoreOptions } from "../../model/store-manifest.js";

export interface LocalOptions extends StoreOptions {
  readonly path: string;
}
