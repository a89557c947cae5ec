import { describe, expect, test } from "vitest";
import type { Adoption } from "../../../src/model/reports/adoption.js";
import type { Drift, ExportDrift } from "../../../src/model/reports/drift.js";
import { askCheck } from "../../../src/plan/checks/check.js";
import { maxAddresses } from "../../../src/plan/checks/max-addresses.js";
import { adoptionHuman } from "../../../src/report/adoption-human.js";
import { driftHuman } from "../../../src/report/drift-human.js";
import { plain } from "../../../src/report/layout/palette.js";
import { pulledHuman } from "../../../src/report/state/state-human.js";

function drift(one: number): Drift {
  const counts = { members: one, strangers: one, strangersOptedOut: 0, gone: one, returned: 0, changed: one, optedOut: one, known: { gone: 0, changed: 0, strangers: one }, tooRecent: 0, unsettled: 0 }; // prettier-ignore
  const item: ExportDrift = {
    name: "weekly",
    displayName: undefined,
    connection: "newsletter",
    type: "brevo",
    account: "brevo:acme",
    list: { id: "2", name: "Weekly" },
    neverApplied: false,
    counts,
    fields: [{ attribute: "CITY", count: one }],
    samples: [],
    compared: one,
    notCompared: [],
    policy: { removed: "respect", values: "keep", strangers: "report" },
    error: undefined,
  };
  return {
    formatVersion: "1.0",
    tool: "rollcall",
    createdAt: "2026-11-25T00:00:00Z",
    recorded: false,
    revealed: false,
    exports: [item],
  };
}

describe("singular and plural are right in", () => {
  test("drift", () => {
    const one = driftHuman(drift(1), [], plain).replaceAll(/\s+/gu, " ");
    expect(one).toContain("+ 1 stranger on the list");
    expect(one).toContain("1 stays off, 1 kept as it is, 1 stranger only reported, 1 left alone");
    expect(one).toContain("Known 1 stranger, recorded before");
    expect(one).toContain("Drift: 1 stranger, 1 gone");
    const two = driftHuman(drift(2), [], plain).replaceAll(/\s+/gu, " ");
    expect(two).toContain("2 stay off, 2 kept as they are, 2 strangers only reported, 2 left alone");
    expect(two).toContain("Drift: 2 strangers, 2 gone");
  });

  test("adopt, with what is said about each person in one column", () => {
    const adoption: Adoption = {
      export: "weekly",
      connection: "newsletter",
      type: "brevo",
      account: "brevo:acme",
      list: { id: "2", name: "Weekly" },
      mode: "mirror",
      onlyDesired: false,
      counts: { members: 1, adopts: 1, found: 0, wanted: 0, strangers: 1, ours: 0, others: 0, optedOut: 0, unsettled: 0, wouldRemove: 1 }, // prettier-ignore
      samples: [
        { kind: "stranger", address: "o•••@example.org" },
        { kind: "wanted", address: "p•••@yahoo.in" },
      ],
    } as unknown as Adoption;
    const text = adoptionHuman(adoption, plain);
    expect(text).toContain("1 stranger ");
    expect(text).toContain("p•••@yahoo.in     in the segments");
  });

  test("limits", () => {
    const [check] = askCheck(maxAddresses, { addresses: 2, limit: 1 });
    expect(check?.message).toBe("All exports of this account come to 2 addresses, but at most 1 is allowed.");
  });
});

test("what brings a backup back can be pasted as it is", () => {
  const pulled = { serial: 3, blobs: 1, bytes: 10 };
  expect(pulledHuman({ ...pulled, folder: "/srv/backup" })).toContain("`rollcall state push /srv/backup`");
  expect(pulledHuman({ ...pulled, folder: "/srv/Anna's copy" })).toContain(
    String.raw`rollcall state push '/srv/Anna'\''s copy'`,
  );
});
