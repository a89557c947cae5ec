import type { Condition } from "../model/run/notice.js";

/** How an export came out of a run, or the run as a whole, as far as people may have to know. */
export interface Outcome {
  /** Undefined: the run as a whole. */
  readonly export: string | undefined;
  readonly condition: Condition;
  /** It may pass by itself, so that once is not worth a message. */
  readonly passing: boolean;
  /** What tells two failures, refusals or drifts apart; without counts. */
  readonly what: string;
  /** Kind of the failure. */
  readonly kind: string | undefined;
  /** Names of the checks that failed. */
  readonly checks: readonly string[];
  readonly message: string;
  readonly hint: string | undefined;
  readonly counts: Readonly<Record<string, number>>;
}

const PASSING: ReadonlySet<string> = new Set([
  "transient",
  "rate-limit",
  "unknown-outcome",
  "lock-held",
  "conflict",
  "stale",
]);

interface Reason {
  readonly kind: string;
  readonly message: string;
  readonly hint: string | undefined;
}

export function successOutcome(
  name: string | undefined,
  message: string,
  counts: Outcome["counts"] = {},
): Outcome {
  const none = { passing: false, what: "", kind: undefined, checks: [], hint: undefined };
  return { export: name, condition: "ok", ...none, message, counts: positive(counts) };
}

/** `checks` are those that refused it, where a check did. */
export function failureOutcome(
  name: string | undefined,
  { kind, message, hint }: Reason,
  { checks = [], counts = {} }: Partial<Pick<Outcome, "checks" | "counts">> = {},
): Outcome {
  const passing = PASSING.has(kind);
  const refused = kind === "refused";
  return {
    export: name,
    condition: refused ? "refused" : "failed",
    passing,
    // One kind of passing trouble often gives way to another.
    what: refused ? checks.toSorted().join(" ") : passing ? "passing" : kind,
    kind,
    checks,
    message,
    hint,
    counts: positive(counts),
  };
}

export function driftOutcome(
  name: string,
  said: Pick<Outcome, "message" | "hint" | "counts"> & { readonly kinds: readonly string[] },
): Outcome {
  const { kinds, message, hint, counts } = said;
  const rest = { passing: false, kind: undefined, checks: [] };
  return {
    export: name,
    condition: "drifted",
    ...rest,
    what: kinds.toSorted().join(" "),
    message,
    hint,
    counts: positive(counts),
  };
}

function positive(counts: Outcome["counts"]): Outcome["counts"] {
  return Object.fromEntries(Object.entries(counts).filter(([, n]) => n > 0));
}
