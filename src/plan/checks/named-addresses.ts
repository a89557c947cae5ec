import { counted } from "../../model/counted.js";
import type { Check } from "../../model/plan.js";

/** What came of reading a segment that holds people back, and where it lies. */
export interface NamedFacts {
  readonly segment: string;
  readonly use: "suppression" | "exclusion";
  readonly rows: number;
  readonly addresses: number;
  readonly blank: number;
  readonly unreadable: number;
  /** The first of the rows that are blank or unreadable, in words. */
  readonly badPlaces: readonly string[];
  readonly allowEmpty: boolean;
}

const DOES = { suppression: "suppresses", exclusion: "excludes" } as const;

/** Whether everybody whom a segment is to hold back was read from it. */
export function checkNamedAddresses(facts: NamedFacts): Check[] {
  const { segment, use, rows, addresses, blank, unreadable, badPlaces, allowEmpty } = facts;
  const bad = blank + unreadable;
  if (bad > 0)
    return [
      {
        name: "unreadable-addresses",
        status: "failed",
        message: `${bad} of ${counted(rows, "row")} of segment "${segment}", which ${DOES[use]} people, cannot be read (${reasons(facts)}): ${badPlaces.join(", ")}${bad > badPlaces.length ? " and more" : ""}. Nobody can tell whom they are to hold back.`,
        hint: "Write one address a line, or one in each row of the column. Rows that are meant to have none are left out by a condition of the segment.",
      },
    ];
  if (addresses > 0 || allowEmpty) return [];
  return [
    {
      name: "empty-suppression",
      status: "failed",
      message: `Segment "${segment}", which ${DOES[use]} people, names nobody.`,
      hint: "Check that its data is complete. If it may be empty, set allowEmpty: true in the segment.",
    },
  ];
}

function reasons({ blank, unreadable }: NamedFacts): string {
  return [
    ...(unreadable > 0 ? [`${counted(unreadable, "holds", "hold")} no address that is certain`] : []),
    ...(blank > 0 ? [`${counted(blank, "is", "are")} empty`] : []),
  ].join(", ");
}
