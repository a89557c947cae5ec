/** What an apply found in the configuration about the agreement of a connection. */
export interface AgreementEntry {
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
export type AgreementState = "agreed" | "withdrawn" | "missing";
