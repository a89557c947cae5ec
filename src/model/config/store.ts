import type { SecretRef } from "./secret-ref.js";
import type { StoreManifest, StoreOptions } from "../manifests/store-manifest.js";

/** A place that keeps state. */
export interface StoreConfig {
  /** The word of its kind (`StoreManifest.type`). */
  readonly type: string;
  /** What its type is like. */
  readonly kind: StoreManifest;
  /** What only this type understands, as its manifest makes it of the config; folders are absolute. */
  readonly options: StoreOptions;
  /** Secrets that open it, by the key that is in the config. Without any, the service's own ways of signing in count. */
  readonly credentials: Readonly<Record<string, SecretRef>>;
}
