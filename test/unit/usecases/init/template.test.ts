import { expect, test } from "vitest";
import { fillInTemplate } from "../../../../src/usecases/init/template.js";

const facts = {
  words: { BRANCH: "main" },
  lists: { SECRET: ["A", "B"], NONE: [] },
  conditions: new Set(["s3"]),
};

test("words are filled in, and lines with a list stand there once for each item", () => {
  const template =
    "on: __BRANCH__\nenv:\n  __SECRET__: ${{ secrets.__SECRET__ }}\n  __NONE__: x\n# __OTHER__\n";
  expect(fillInTemplate(template, facts)).toBe(
    "on: main\nenv:\n  A: ${{ secrets.A }}\n  B: ${{ secrets.B }}\n# __OTHER__\n",
  );
});

test("what depends on something stays when it is so, and no line of the condition does", () => {
  const template = "a\n  # if s3\n  b\n  # end\n# if azureBlob\nc\n# end\nd # if s3\n";
  expect(fillInTemplate(template, facts)).toBe("a\n  b\nd # if s3\n");
});
