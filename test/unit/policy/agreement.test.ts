import { expect, test } from "vitest";
import type { DataPrivacy } from "../../../src/model/config/connection.js";
import type { AgreementEntry } from "../../../src/model/connections/agreement.js";
import { agreementChange, agreementState } from "../../../src/policy/agreement.js";

const agreed: DataPrivacy = { agreed: true, by: "Anna", on: "2026-11-01", text: "rollcall-1" };
const refused: DataPrivacy = { ...agreed, agreed: false };
const seen = { seenAt: "2026-11-02T00:00:00Z", actor: "tester" };
const entry = (more: Partial<AgreementEntry>): AgreementEntry => ({ agreed: false, ...seen, ...more });
const GIVEN = entry({ ...agreed });

test.each<[string, DataPrivacy | undefined, readonly AgreementEntry[] | undefined, string]>([
  ["agreed", agreed, undefined, "agreed"],
  ["never spoken of", undefined, undefined, "missing"],
  ["not agreed", refused, undefined, "withdrawn"],
  ["taken out", undefined, [GIVEN], "withdrawn"],
  ["taken out after it was withdrawn", undefined, [GIVEN, entry({ reason: "not agreed" })], "withdrawn"],
  ["never agreed to and taken out", undefined, [entry({ reason: "not agreed" })], "missing"],
  ["agreed again", agreed, [GIVEN, entry({ reason: "not agreed" })], "agreed"],
])("consent that was %s", (_, dataPrivacy, recorded, state) =>
  expect(agreementState({ dataPrivacy }, recorded)).toBe(state),
);

test("a change of an agreement is recorded once, with how it was withdrawn", () => {
  const story: (DataPrivacy | "gone" | undefined)[] = [
    undefined,
    agreed,
    agreed,
    { ...agreed, text: "ours-2" },
    refused,
    refused,
    undefined,
    "gone",
    "gone",
    agreed,
  ];
  const recorded: AgreementEntry[] = [];
  for (const dataPrivacy of story) {
    const change = agreementChange(dataPrivacy === "gone" ? undefined : { dataPrivacy }, recorded);
    if (change !== undefined) recorded.push({ ...change, ...seen });
  }
  expect(recorded.map(({ agreed: yes, text, reason }) => reason ?? `${yes} ${text}`)).toEqual([
    "true rollcall-1",
    "true ours-2",
    "not agreed",
    "dataPrivacy is gone",
    "the connection is gone",
    "true rollcall-1",
  ]);
});
