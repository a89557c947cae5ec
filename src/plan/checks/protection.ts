import type { Check } from "../../model/plan.js";

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
export function checkProtection(facts: ProtectionFacts): Check[] {
  const { recorded, wanted, delivered, staying, removed, leaving } = facts;
  if (!recorded && wanted !== true) return [];
  const what = leaving
    ? "its list would be emptied"
    : delivered > 0 && staying === 0
      ? "nobody would be left"
      : removed * 2 > delivered
        ? `${removed.toLocaleString("en-US")} of ${delivered.toLocaleString("en-US")} people would be taken off, more than half`
        : undefined;
  if (what !== undefined) return [refused(what, recorded, wanted)];
  return recorded && wanted === undefined ? [SILENT] : [];
}

function refused(what: string, recorded: boolean, wanted: boolean | undefined): Check {
  return {
    name: "protected",
    status: "failed",
    message: `The export is protected, and ${what}.`,
    hint:
      recorded && wanted === false
        ? "This run only lifts the protection; the change goes in the next one, once this one has recorded that."
        : "If it is meant, apply `protect: false` in a run of its own first (put the export back for that if it is gone).",
  };
}

const SILENT: Check = {
  name: "protected",
  status: "warning",
  message: "The export is protected although the configuration does not say so any more.",
  hint: "Write `protect: true`, or `protect: false` to lift it.",
};
