/** A rule over a whole plan. */
export interface Policy {
  readonly name: string;
  /** `advisory` warns, `mandatory` refuses. */
  readonly level: "advisory" | "mandatory";
  /** CEL condition; true: violated. */
  readonly deny: string;
  readonly message: string;
  /** Approvals with which it may be violated; undefined: never. */
  readonly approvals: { readonly from: string; readonly count: number } | undefined;
}

/** How a policy judges a plan. */
export interface PolicyResult {
  readonly name: string;
  readonly level: Policy["level"];
  /** `approved`: violated, with enough approvals. `error`: not evaluated, which counts as violated. */
  readonly status: "ok" | "violated" | "approved" | "error";
  readonly message: string;
  /** Why it could not be evaluated. */
  readonly error?: string;
  /** What lets it pass, and how many such approvals there are. */
  readonly needs?: { readonly group: string; readonly count: number; readonly have: number };
}
