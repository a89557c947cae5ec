import { count, counted } from "../../model/counted.js";
import type { Export, Limit } from "../../model/export.js";
import type { Check, Counts } from "../../model/plan.js";

/** Below this many recorded members a share says nothing. */
const SHARE_FLOOR = 10;

export interface SafeguardFacts {
  readonly counts: Counts;
  /** Of those to be removed: because of consent or suppression. */
  readonly withdrawn: number;
  /** Members recorded as delivered before this run. */
  readonly recorded: number;
  readonly sourceRows: number;
  /** Profiles of each segment. */
  readonly emptySegments: readonly string[];
  /** The limit that applies when the export states none. */
  readonly defaultMaxProfiles: number | undefined;
}

/** Every safeguard of an export that does not hold, or that deserves a look. */
export function checkSafeguards(wanted: Export, facts: SafeguardFacts): Check[] {
  const { safeguards } = wanted;
  const { counts, recorded } = facts;
  const delivered = counts.add + counts.update + counts.unchanged;
  return [
    ...maxProfiles(safeguards.maxProfiles ?? facts.defaultMaxProfiles, delivered),
    ...limited(REMOVALS, safeguards.maxRemovals, counts.remove, recorded),
    ...limited(WITHDRAWALS, safeguards.maxWithdrawals, facts.withdrawn, recorded),
    ...limited(ADDS, safeguards.maxAdds, counts.add, recorded),
    ...minSourceRows(safeguards.minSourceRows, facts.sourceRows),
    ...(safeguards.allowEmpty ? [] : facts.emptySegments.map(emptySegment)),
  ];
}

function maxProfiles(limit: number | undefined, delivered: number): Check[] {
  if (limit === undefined || delivered <= limit) return [];
  return [
    {
      name: "max-profiles",
      status: "failed",
      message: `${counted(delivered, "profile")}, but at most ${allowed(limit)}.`,
      hint: "Narrow the segments, or raise safeguards.maxProfiles (or the connection's contract.contacts).",
    },
  ];
}

/** A number of people that one run may not pass. */
interface Limited {
  readonly name: string;
  readonly verb: string;
  readonly key: string;
  readonly look: string;
}

const REMOVALS: Limited = {
  name: "max-removals",
  verb: "removed",
  key: "maxRemovals",
  look: "Check that the data is complete.",
};
const WITHDRAWALS: Limited = {
  name: "max-withdrawals",
  verb: "removed for lack of consent or by suppression",
  key: "maxWithdrawals",
  look: "Check the consent condition and the suppressions. Nobody is removed until this is settled.",
};
const ADDS: Limited = {
  name: "max-adds",
  verb: "added",
  key: "maxAdds",
  look: "Check that the data is right.",
};

function limited(kind: Limited, limit: Limit, changed: number, recorded: number): Check[] {
  const most = allowedBy(limit, recorded);
  if (most === undefined || changed <= most) return [];
  const share = recorded > 0 ? ` (${percent(changed / recorded)} of ${count(recorded)})` : "";
  return [
    {
      name: kind.name,
      status: "failed",
      message: `${count(changed)} would be ${kind.verb}${share}, but at most ${allowed(most)}.`,
      hint: `${kind.look} If this happens often, raise safeguards.${kind.key}.`,
    },
  ];
}

/** The stricter of count and share; undefined when neither limits. */
export function allowedBy({ count: most, share }: Limit, recorded: number): number | undefined {
  // 0.29 * 100 is 28.999999999999996.
  const byShare =
    share === undefined || recorded < SHARE_FLOOR ? undefined : Math.floor(share * recorded + 1e-6);
  if (most === undefined) return byShare;
  return byShare === undefined ? most : Math.min(most, byShare);
}

function minSourceRows(least: number | undefined, rows: number): Check[] {
  if (least === undefined || rows >= least) return [];
  return [
    {
      name: "min-source-rows",
      status: "failed",
      message: `The segments hold ${counted(rows, "profile")}, fewer than the ${count(least)} expected.`,
      hint: "Check that the source is complete, or lower safeguards.minSourceRows.",
    },
  ];
}

function emptySegment(segment: string): Check {
  return {
    name: "empty-segment",
    status: "failed",
    message: `Segment "${segment}" is empty. An empty segment is more often a fault than a wish.`,
    hint: "Check its condition and its source. If it is meant, set safeguards.allowEmpty.",
  };
}

/** `1 is allowed`, `20 are allowed`. */
export function allowed(value: number): string {
  return `${count(value)} ${value === 1 ? "is" : "are"} allowed`;
}

function percent(share: number): string {
  return `${(share * 100).toFixed(share < 0.1 ? 1 : 0)}%`;
}
