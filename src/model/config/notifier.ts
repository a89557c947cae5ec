import type { NoticeEvent } from "../run/notice.js";
import type { NotifierManifest, NotifierOptions } from "../manifests/notifier-manifest.js";
import type { SecretRef } from "./secret-ref.js";

/** Where notices go, and which. */
export interface Notifier {
  readonly name: string;
  /** The word of its kind (`NotifierManifest.type`). */
  readonly type: string;
  /** What its type is like. */
  readonly kind: NotifierManifest;
  /** Absolute path of the module of the project that brings its type; undefined for a type that Rollcall brings along. */
  readonly module?: string | undefined;
  readonly on: readonly NoticeEvent[];
  /** Undefined: all. What concerns a whole run is reported in any case. */
  readonly exports: readonly string[] | undefined;
  /** What only this type understands, as its manifest makes it of the config. */
  readonly options: NotifierOptions;
  /** By the key that is in the config. */
  readonly secrets: Readonly<Record<string, SecretRef>>;
}
