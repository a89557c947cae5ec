import type { Check } from "../../model/plan/plan.js";

/** What a check says of what it found. */
export interface CheckText {
  readonly message: string;
  readonly hint?: string;
  /** Set where a check that refuses only wants to be looked at. */
  readonly status?: "warning";
}

/** Everything that is to be known of a check. Nothing of it has a default, so that each check decides it. */
interface Checking<Facts> {
  readonly name: string;
  /**
   * `once`: of the rows of a plan, which a saved plan keeps with them. `again`: of
   * how things stand and who asks, also when a saved plan is applied; what the
   * plan had found then does not count any more.
   */
  readonly asked: "once" | "again";
  /** What there is to say; nothing where all is well. */
  readonly find: (facts: Facts) => readonly CheckText[];
}

/** A check that may refuse an export. */
export interface RefusingCheck<Facts> extends Checking<Facts> {
  /** What makes it fail, for the reference. */
  readonly fails: string;
  /** Whether `--override` may let an export pass it. */
  readonly overridable: boolean;
  /** Whether it holds up withdrawals too; see ADR 0006. */
  readonly holdsWithdrawals: boolean;
  /** Whether it is about people who come, so that it says nothing about a run that only takes people off. */
  readonly additions: boolean;
}

/** A check that only says what deserves a look. */
export interface WarningCheck<Facts> extends Checking<Facts> {
  readonly onlyWarns: true;
}

/** Facts are what a check's own `find` takes: who only reads about it needs to know nothing of them. */
export type AnyCheck = RefusingCheck<never> | WarningCheck<never>;

/** What one of these checks found, as a plan shows it. */
export type FoundBy<One extends AnyCheck> = Check & { readonly name: One["name"] };

/** What a check finds of these facts. */
export function askCheck<const Name extends string, Facts>(
  check: { readonly name: Name } & (RefusingCheck<Facts> | WarningCheck<Facts>),
  facts: Facts,
): (Check & { readonly name: Name })[] {
  const usual = "onlyWarns" in check ? ("warning" as const) : ("failed" as const);
  return check.find(facts).map(({ message, hint, status = usual }) => ({
    name: check.name,
    status,
    message,
    ...(hint === undefined ? {} : { hint }),
  }));
}
