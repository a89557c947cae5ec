/** What an apply found in the configuration about the consent of a connection. */
export interface ConsentEntry {
  readonly agreed: boolean;
  readonly by?: string;
  readonly on?: string;
  readonly text?: string;
  /** How it was withdrawn. */
  readonly reason?: "not agreed" | "dataPrivacy is gone" | "the connection is gone";
  /** ISO time. */
  readonly seenAt: string;
  readonly actor: string;
}

/** `missing`: nobody ever agreed. */
export type ConsentState = "agreed" | "withdrawn" | "missing";
