import { expect, test } from "vitest";
import { fileForReaders } from "../../../../src/cli/output/next-command.js";

test.each([
  ["plan.json", "plan.json"],
  ["../plans/a.json", "../plans/a.json"],
  ["/repo/lists/plans/a.json", "/repo/lists/plans/a.json"],
  ["/runner/temp/x1/plan.json", "plan.json"],
  ["/repo/lists-of-others/plan.json", "plan.json"],
])("a comment names the plan %s as %s", (file, named) => {
  expect(fileForReaders(file, "/repo/lists")).toBe(named);
});
