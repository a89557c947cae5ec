/** How something went wrong, which decides what may be done next. */
export type FailureKind =
  | "auth"
  | "not-found"
  | "conflict"
  | "rate-limit"
  | "transient"
  | "permanent"
  | "unknown-outcome"
  /** Refused by consent, safeguard or policy. */
  | "refused"
  /** What a person wrote or provided is wrong. */
  | "invalid"
  | "lock-held"
  | "stale"
  | "interrupted";

/**
 * The one error type that rooms throw on purpose. The message never holds an
 * address, a key or a response body; `hint` says what to do next.
 */
export class Failure extends Error {
  readonly kind: FailureKind;
  readonly hint: string | undefined;
  /** Seconds to wait before trying again. */
  readonly retryAfter: number | undefined;

  constructor(
    kind: FailureKind,
    message: string,
    options: { hint?: string; retryAfter?: number; cause?: unknown } = {},
  ) {
    super(message, options.cause === undefined ? undefined : { cause: options.cause });
    this.name = "Failure";
    this.kind = kind;
    this.hint = options.hint;
    this.retryAfter = options.retryAfter;
  }
}
