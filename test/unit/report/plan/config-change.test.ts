import { expect, test } from "vitest";
import { hunksOfDiff } from "../../../../src/report/plan/config-change.js";

test("a diff loses the names of its files and no line that looks like one", () => {
  const body = ["@@ -1,2 +1,2 @@", " sql: |", "--- only adults", "+++ everybody", "-====="];
  const diff = ["=====", "--- applied", "+++ configured", ...body, ""].join("\n");
  expect(hunksOfDiff(diff)).toEqual(body);
});
