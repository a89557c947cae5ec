import { expect, test } from "vitest";
import { fillInTemplate } from "../../../../src/usecases/init/template.js";

const facts = {
  words: { BRANCH: "main" },
  lists: { SECRET: ["A", "B"], NONE: [] },
  conditions: new Set(["s3"]),
};

test("words are filled in, and a line with a list is repeated for each item", () => {
  const template =
    "on: __BRANCH__\nenv:\n  __SECRET__: ${{ secrets.__SECRET__ }}\n  __NONE__: x\n# __OTHER__\n";
  expect(fillInTemplate(template, facts)).toBe(
    "on: main\nenv:\n  A: ${{ secrets.A }}\n  B: ${{ secrets.B }}\n# __OTHER__\n",
  );
});

test("conditional lines stay when the condition holds, without the lines of the condition itself", () => {
  const template = "a\n  # if s3\n  b\n  # end\n# if azureBlob\nc\n# end\nd # if s3\n";
  expect(fillInTemplate(template, facts)).toBe("a\n  b\nd # if s3\n");
});
