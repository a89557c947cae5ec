import type { StoreOptions } from "../../model/manifests/store-manifest.js";

export interface S3Options extends StoreOptions {
  readonly bucket: string;
  readonly prefix: string;
  readonly region: string | undefined;
  /** Address of another service than Amazon's. */
  readonly endpoint: string | undefined;
  readonly forcePathStyle: boolean;
}
