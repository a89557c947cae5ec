import { describe, expect, test } from "vitest";
import { planCommands } from "../../../src/cli/output/next-command.js";
import { diagnosticsHuman } from "../../../src/report/diagnostics-human.js";
import { forgetPreviewHuman, forgetProofHuman } from "../../../src/report/forget-human.js";
import { plain } from "../../../src/report/layout/palette.js";
import { planHuman } from "../../../src/report/plan/plan-human.js";
import { planMarkdown } from "../../../src/report/markdown/plan-markdown.js";
import { runHuman } from "../../../src/report/runs/run-human.js";
import { WIDTH } from "../../../src/report/layout/text.js";
import * as forgets from "./forget-values.js";
import * as values from "./values.js";

const here = { cwd: process.cwd() };
const staged = { ...values.full, environment: "staging" };

const outputs: Record<string, string> = {
  "plan-full": planHuman(values.full, plain, planCommands(values.full, here)),
  "plan-unchanged": planHuman(values.unchanged, plain),
  "plan-held-back-only": planHuman(values.heldBackOnly, plain),
  "plan-broken": planHuman(values.broken, plain),
  "run-complete": runHuman(values.runOf([values.result(), values.nothingDone]), plain),
  "run-unchanged": runHuman(values.runOf([values.nothingDone]), plain),
  "run-partly": runHuman(values.partly, plain),
  "forget-preview": forgetPreviewHuman(forgets.preview, plain),
  "forget-left": forgetProofHuman(forgets.proof, plain, "UTC"),
  "forget-deleted": forgetProofHuman(forgets.deleted, plain, "UTC"),
  diagnostics: diagnosticsHuman(values.diagnostics, plain),
};

const markdown: Record<string, string> = {
  "plan-full": planMarkdown(staged, planCommands(staged, here)),
  "plan-unchanged": planMarkdown(values.unchanged, { next: undefined }),
  "plan-broken": planMarkdown(values.broken, { next: undefined }),
};

test.each(Object.entries(markdown))("comment %s", async (name, text) => {
  await expect(text).toMatchFileSnapshot(`${name}.md`);
});

describe("the text output", () => {
  test.each(Object.entries(outputs))("%s", async (name, text) => {
    await expect(text).toMatchFileSnapshot(`${name}.txt`);
  });

  test.each(Object.entries(outputs))("%s fits 80 columns and has no trailing spaces", (_, text) => {
    const lines = text.split("\n");
    expect(lines.filter((line) => Array.from(line).length > WIDTH)).toEqual([]);
    expect(lines.filter((line) => line !== line.trimEnd())).toEqual([]);
  });
});
