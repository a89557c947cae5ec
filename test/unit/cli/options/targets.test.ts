import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { withoutPlanFile } from "../../../../src/cli/options/targets.js";

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "rollcall-targets-"));
  for (const name of ["saved", "saved.plan"]) await writeFile(join(folder, name), "{}");
});
afterAll(() => rm(folder, { recursive: true, force: true }));

test.each<[string, string[], string | undefined, string[]]>([
  ["a plan file behind the names", ["weekly", "plan.json"], "plan.json", ["weekly"]],
  ["one in a folder", ["weekly", "out/plan.json"], "out/plan.json", ["weekly"]],
  ["one of another name", ["weekly", "daily", "saved.plan"], "saved.plan", ["weekly", "daily"]],
  ["nothing else", ["plan.json"], "plan.json", []],
  ["names alone", ["weekly", "daily"], undefined, ["weekly", "daily"]],
  ["a name that is a file's, too", ["weekly", "saved"], undefined, ["weekly", "saved"]],
  ["what is left of an export on a list that it left", ["weekly/12"], undefined, ["weekly/12"]],
  ["a name with a slip", ["week.ly"], undefined, ["week.ly"]],
])("%s", (_what, targets, file, left) => {
  expect(withoutPlanFile(folder, { file: undefined, targets })).toEqual({ file, targets: left });
});

test("a plan file that was given by name is used", () => {
  const words = { file: "plan.json", targets: ["weekly", "other.json"] };
  expect(withoutPlanFile(folder, words)).toEqual(words);
  expect(withoutPlanFile(folder, { file: undefined, targets: undefined })).toEqual({
    file: undefined,
    targets: undefined,
  });
});
