import { expect, test } from "vitest";
import { askCheck } from "../../../../src/plan/checks/check.ts";
import { heldByOrphan } from "../../../../src/plan/checks/warnings/held-by-orphan.ts";
import { optOutPlace } from "../../../../src/plan/checks/warnings/opt-out-place.ts";
import { orphanSuppressed } from "../../../../src/plan/checks/warnings/orphan-suppressed.ts";
import { unsubscribedElsewhere } from "../../../../src/plan/checks/warnings/unsubscribed-elsewhere.ts";

test("people who unsubscribed from another list are only counted", () => {
  expect(askCheck(unsubscribedElsewhere, { people: 0 })).toEqual([]);
  expect(askCheck(unsubscribedElsewhere, { people: 1 })).toMatchObject([
    { status: "warning", message: "1 person to be added unsubscribed from another list of this account." },
  ]);
});

test("each place that no connection names any more is reported", () => {
  const places = [
    { reason: "bounced", people: 1 },
    { reason: "complained", people: 2_000 },
  ];
  expect(askCheck(optOutPlace, places).map(({ message }) => message)).toEqual([
    "1 person stays held back who once bounced, which no connection names any more.",
    "2,000 people stay held back who once complained, which no connection names any more.",
  ]);
});

test("people of an export that is gone are reported, with what would release them", () => {
  expect(askCheck(heldByOrphan, [{ name: "old", list: "7", people: 1, hint: "Write it." }])).toEqual([
    {
      name: "held-by-orphan",
      status: "warning",
      message: '1 person stays on list 7 only for "old", which is no longer in the configuration.',
      hint: "Write it.",
    },
  ]);
  expect(askCheck(orphanSuppressed, [{ name: "old", people: 1_500, block: "`removed: []`" }])).toEqual([
    {
      name: "orphan-suppressed",
      status: "warning",
      message: '1,500 suppressed people stay on the list of "old", which is no longer in the configuration.',
      hint: "Write `removed: []`, or put the export back.",
    },
  ]);
});
