import { describe, expect, test } from "vitest";
import type { ApprovalStatement } from "../../../src/model/config/approval.js";
import { approvalFault, groupsOf, type ApprovalContext } from "../../../src/policy/approval-faults.js";

const NOW = new Date("2026-11-28T12:00:00Z");
const statement: ApprovalStatement = {
  kind: "rollcall-approval",
  formatVersion: 1,
  id: "one",
  digest: "d",
  approvedAt: "2026-11-28T11:00:00Z",
};
const rules = {
  identities: new Map([["anna@example.com", ["github:Anna", "gitlab:anna.e", "anna@home.example"]]]),
  maxAgeSeconds: 7200,
};
const context = { digest: "d", authors: ["github:ben"], used: new Set<string>(), now: NOW };

describe("an approval with a good signature", () => {
  test("counts", () => {
    expect(approvalFault(statement, ["anna@example.com"], rules, context)).toBeUndefined();
  });

  test.each<[string, ApprovalStatement, ApprovalContext, string]>([
    ["of another plan", { ...statement, digest: "e" }, context, "it is of another plan"],
    ["that was used", statement, { ...context, used: new Set(["one"]) }, "it was used before"],
    ["that is old", { ...statement, approvedAt: "2026-11-28T09:59:59Z" }, context, "it is too old"],
    [
      "from the future",
      { ...statement, approvedAt: "2026-11-28T12:06:00Z" },
      context,
      "it was made in the future",
    ],
    ...[
      "anna@example.com",
      "ANNA@example.com",
      "github:anna",
      "anna@home.example",
      "4711+Anna@users.noreply.github.com",
      "anna@users.noreply.github.com",
      "4711-anna.e@users.noreply.gitlab.com",
    ].map((author): [string, ApprovalStatement, ApprovalContext, string] => [
      `of the own plan of ${author}`,
      statement,
      { ...context, authors: [author] },
      "its signer wrote what it approves",
    ]),
  ])("does not count when it is one %s", (_, made, held, fault) => {
    expect(approvalFault(made, ["anna@example.com"], rules, held)).toBe(fault);
  });

  test.each([
    [["a@x.example", "anna@example.com"], "its signer wrote what it approves"],
    [["a@x.example", "second@example.com"], undefined],
    [["*@example.com"], "its key is in the file of allowed signers under a pattern, which is nobody's name"],
    [
      ["anna@example.com", "*"],
      "its key is in the file of allowed signers under a pattern, which is nobody's name",
    ],
  ])("of a key that has the names %j", (names, fault) => {
    const held = { ...context, authors: ["anna@example.com"] };
    expect(approvalFault(statement, names, rules, held)).toBe(fault);
  });

  test("speaks for the groups of its signer alone", () => {
    const groups = new Map([
      ["release", ["anna@example.com", "ben@example.com"]],
      ["legal", ["carla@example.com"]],
    ]);
    expect(groupsOf(["a@x.example", "anna@example.com"], { groups })).toEqual(["release"]);
    expect(groupsOf(["zoe@example.com"], { groups })).toEqual([]);
  });
});
