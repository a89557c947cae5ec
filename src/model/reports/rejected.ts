/** Whom the destination rejected, and who waits until the data changes. */
export interface RejectedReport {
  readonly exports: readonly RejectedOfExport[];
}

export interface RejectedOfExport {
  readonly name: string;
  readonly account: string;
  readonly people: number;
  /** The most frequent first. */
  readonly reasons: readonly { readonly reason: string; readonly people: number }[];
  /** The latest first, as many as were asked for. */
  readonly latest: readonly RejectedPerson[];
}

export interface RejectedPerson {
  /** `a•••@example.com` unless revealed. */
  readonly address: string;
  /** As the destination gave it, without addresses. */
  readonly reason: string;
  /** ISO time. */
  readonly since: string;
}
