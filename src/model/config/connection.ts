import type { DestinationManifest } from "../manifests/destination-manifest.js";
import type { SecretRef } from "./secret-ref.js";

/** The word of a kind of destination (`DestinationManifest.type`). */
export type DestinationType = string;

/** Who agreed that personal data may be sent somewhere, when, and to which text. */
export interface DataPrivacy {
  readonly agreed: boolean;
  readonly by: string;
  readonly on: string;
  /** Version of the text. */
  readonly text: string;
}

/** How to reach an account at a destination. */
export interface Connection {
  readonly name: string;
  readonly type: DestinationType;
  /** What its type is like. */
  readonly kind: DestinationManifest;
  /** Absolute path of the module of the project that brings its type; undefined for a type that Rollcall brings along. */
  readonly module?: string | undefined;
  readonly displayName: string | undefined;
  readonly apiKey: SecretRef | undefined;
  /** It comes from a change that nobody has reviewed; nothing is opened, and it has neither key nor address. */
  readonly needsTrust?: boolean;
  /** Without an agreement nothing is sent to this connection. */
  readonly dataPrivacy: DataPrivacy | undefined;
  readonly usableBy: "admins" | "contributors";
  /** The number of contacts the contract with the vendor allows. */
  readonly contract: { readonly contacts: number } | undefined;
  readonly baseUrl: string | undefined;
  /** Segments whose people are never sent to this connection. */
  readonly suppressions: readonly string[];
  readonly optOuts: { readonly maxAgeSeconds: number };
  /** How long one request may take; undefined: the destination's own number. */
  readonly requestTimeoutSeconds: number | undefined;
  /** How long a job is waited for before its outcome counts as unknown. */
  readonly jobTimeoutSeconds: number;
  /** What only this destination type understands, as its manifest makes it of the config. */
  readonly options: Readonly<Record<string, unknown>>;
}
