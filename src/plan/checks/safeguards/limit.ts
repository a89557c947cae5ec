import { formatCount } from "../../../model/words/counted.js";
import type { Limit } from "../../../model/config/export.js";
import type { CheckText } from "../check.js";

/** Below this many recorded members a share says nothing. */
const SHARE_FLOOR = 10;

/** How many people one run would do something to, and how many it may. */
export interface LimitFacts {
  readonly limit: Limit;
  readonly people: number;
  /** Members recorded as delivered before this run. */
  readonly recorded: number;
}

/** What is said where more people are changed than a safeguard allows. */
export function checkLimit(
  { limit, people, recorded }: LimitFacts,
  { verb, key, look }: { readonly verb: string; readonly key: string; readonly look: string },
): CheckText[] {
  const most = allowedCount(limit, recorded);
  if (most === undefined || people <= most) return [];
  const share = recorded > 0 ? ` (${percent(people / recorded)} of ${formatCount(recorded)})` : "";
  return [
    {
      message: `${formatCount(people)} would be ${verb}${share}, but at most ${allowedWords(most)}.`,
      hint: `${look} If this happens often, raise safeguards.${key}.`,
    },
  ];
}

/** The stricter of count and share; undefined when neither limits. */
export function allowedCount({ count: most, share }: Limit, recorded: number): number | undefined {
  // 0.29 * 100 is 28.999999999999996.
  const byShare =
    share === undefined || recorded < SHARE_FLOOR ? undefined : Math.floor(share * recorded + 1e-6);
  if (most === undefined) return byShare;
  return byShare === undefined ? most : Math.min(most, byShare);
}

/** `1 is allowed`, `20 are allowed`. */
export function allowedWords(value: number): string {
  return `${formatCount(value)} ${value === 1 ? "is" : "are"} allowed`;
}

function percent(share: number): string {
  return `${(share * 100).toFixed(share < 0.1 ? 1 : 0)}%`;
}
