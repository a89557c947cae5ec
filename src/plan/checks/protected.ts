import { formatCount } from "../../model/words/counted.js";
import type { RefusingCheck, CheckText } from "./check.js";

export interface ProtectionFacts {
  /** What the record says. */
  readonly recorded: boolean;
  /** What the configuration says; undefined when it says nothing. */
  readonly wanted: boolean | undefined;
  /** Members recorded as delivered before this run. */
  readonly delivered: number;
  /** People who stay or come once applied. */
  readonly staying: number;
  /** People who would be taken off, without those whom consent or suppression takes off. */
  readonly removed: number;
  /** Everybody is to leave: the export is gone from the configuration, or goes to another list. */
  readonly leaving: boolean;
}

/**
 * A protected list never loses everybody and, in one run, at most half of those
 * delivered; its export does not fall to nobody. Withdrawals do not count.
 */
export const protection = {
  name: "protected",
  fails: "the list of a protected export would be emptied, or lose more than half of its people",
  asked: "once",
  overridable: false,
  holdsWithdrawals: false,
  additions: false,
  find: (facts) => {
    const { recorded, wanted } = facts;
    if (!recorded && wanted !== true) return [];
    const what = lossOf(facts);
    if (what !== undefined) return [refusal(what, recorded, wanted)];
    return recorded && wanted === undefined ? [SILENT] : [];
  },
} as const satisfies RefusingCheck<ProtectionFacts>;

function lossOf({ leaving, delivered, staying, removed }: ProtectionFacts): string | undefined {
  if (leaving) return "its list would be emptied";
  if (delivered > 0 && staying === 0) return "nobody would be left";
  if (removed * 2 <= delivered) return undefined;
  return `${formatCount(removed)} of ${formatCount(delivered)} people would be taken off, more than half`;
}

function refusal(what: string, recorded: boolean, wanted: boolean | undefined): CheckText {
  return {
    message: `The export is protected, and ${what}.`,
    hint:
      recorded && wanted === false
        ? "This run only lifts the protection; the change goes in the next one, once this one has recorded that."
        : "If it is meant, apply `protect: false` in a run of its own first (put the export back for that if it is gone).",
  };
}

const SILENT: CheckText = {
  status: "warning",
  message: "The export is protected although the configuration does not say so any more.",
  hint: "Write `protect: true`, or `protect: false` to lift it.",
};
