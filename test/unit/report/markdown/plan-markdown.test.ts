import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { Plan } from "../../../../src/model/plan/plan.js";
import { commentMarker, planMarkdown } from "../../../../src/report/markdown/plan-markdown.js";
import * as values from "../../../golden/report/values.js";
import { HOSTILE, hostile } from "../../../support/hostile-plan.js";
import { aliveIn, foldsClose, nodesOf } from "../../../support/markdown.js";

/** Parsing is slow. */
const RUNS = process.env.ROLLCALL_TEST_FULL === "1" ? 1000 : 12;
const NEXT = "rollcall apply --target weekly";
const hostileMarkdown = (text: string): string =>
  planMarkdown(hostile(text), {
    next: `rollcall apply --target '${text}'`,
    title: text,
    config: text,
  });

/** A plan of so many exports that all change, with long diffs and samples. */
function large(size: number): Plan {
  const names = Array.from({ length: size }, (_, index) => `campaign_number_${index}`);
  return {
    ...values.full,
    exports: names.map((name) => ({ ...values.full.exports[0]!, name })),
    configChanges: names.map((name) => ({ ...values.full.configChanges[0]!, export: name })),
  };
}

describe("text of others", () => {
  test.each(HOSTILE)("%j stays text", (text) => {
    const markdown = hostileMarkdown(text);
    const nodes = nodesOf(markdown);
    expect(aliveIn(nodes)).toEqual([]);
    expect(foldsClose(nodes)).toBe(true);
    expect(markdown.split("\n").filter((line) => line.startsWith("/"))).toEqual([]);
    expect(nodes.filter(({ type }) => type === "heading")).toHaveLength(3);
    // The diff, the graph, the examples, and the command unless it has several lines.
    const blocks = text.includes("\n") ? 3 : 4;
    expect(nodes.filter(({ type }) => type === "code")).toHaveLength(blocks);
    expect(markdown.match(/rollcall:plan/g)?.length).toBeGreaterThan(0);
    expect(markdown.split("\n")[0]).toMatch(/^<!-- rollcall:plan \S* \S* -->$/);
  });

  test("any text stays text", () => {
    const pieces = fc.oneof(
      fc.constantFrom(
        ...HOSTILE,
        "`",
        "```",
        "\n",
        "|",
        "\\",
        "<",
        "&#60;",
        "@a",
        "#1",
        "](",
        "![",
        "-->",
        "</details>",
        "*",
        "_",
        "  ",
      ),
      fc.string({ unit: "grapheme" }),
    );
    fc.assert(
      fc.property(fc.array(pieces, { maxLength: 6 }), (parts) => {
        const markdown = hostileMarkdown(parts.join(""));
        const nodes = nodesOf(markdown);
        expect(aliveIn(nodes)).toEqual([]);
        expect(foldsClose(nodes)).toBe(true);
      }),
      // In which JavaScript finds a date.
      { numRuns: RUNS, examples: [[["&#60;"]]] },
    );
  });

  test("nothing of a diagram's labels is syntax", () => {
    const graph = nodesOf(hostileMarkdown(HOSTILE.join(" "))).find(
      (node) => node.type === "code" && node.lang === "mermaid",
    );
    const labels = (graph as { value: string }).value.matchAll(/"([^"]*)"/g);
    for (const [, label] of labels) expect(label).toMatch(/^(?:[\p{L}\p{N} .,_+→−–-]|#\d+;|<br\/>)*$/u);
  });
});

describe("size", () => {
  test("500 exports that change fit, with a row for each", () => {
    const markdown = planMarkdown(large(500), { next: NEXT });
    expect(markdown.length).toBeLessThanOrEqual(65_536);
    expect(markdown.match(/^\|.*`campaign_number_\d+`\|/gm)).toHaveLength(500);
    expect(markdown).toContain(NEXT);
    expect(markdown).toMatch(/and [\d,]+ more changes of the configuration/);
    expect(markdown).toContain("<summary>475 more exports, less dangerous than these</summary>");
  });

  test("500 exports of which one changes are a few lines", () => {
    const quiet = Array.from({ length: 499 }, (_, index) => values.exportPlan({ name: `quiet_${index}` }));
    const plan = { ...values.full, exports: [values.full.exports[0]!, ...quiet] };
    const markdown = planMarkdown(plan, { next: NEXT });
    expect(markdown.length).toBeLessThan(5000);
    expect(markdown).toContain("499 exports without changes.");
    expect(markdown).not.toContain("quiet_");
  });

  test("whatever the limit, first and last survive and everything is balanced", () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 8192, max: 70_000 }),
        fc.integer({ min: 0, max: 600 }),
        fc.constantFrom(...HOSTILE, "plain"),
        (limit, size, text) => {
          const base = large(size);
          const extra = hostile(text);
          const plan = {
            ...base,
            exports: [...base.exports, ...extra.exports],
            configChanges: [...base.configChanges, ...extra.configChanges],
          };
          const markdown = planMarkdown(plan, { next: NEXT, limit });
          expect(markdown.length).toBeLessThanOrEqual(limit);
          const nodes = nodesOf(markdown);
          expect(foldsClose(nodes)).toBe(true);
          expect(markdown.startsWith("<!-- rollcall:plan ")).toBe(true);
          const commands = nodes.filter((node) => node.type === "code" && node.lang === "sh");
          expect(commands).toContainEqual(expect.objectContaining({ value: NEXT }));
        },
      ),
      { numRuns: RUNS / 6 },
    );
  });

  test("a long diff gives way in its middle", () => {
    const lines = Array.from({ length: 2000 }, (_, index) => `+ line ${index}`);
    const change = {
      export: "weekly",
      kind: "changed",
      diff: `@@ -0,0 +1,2000 @@\n${lines.join("\n")}`,
    } as const;
    const markdown = planMarkdown({ ...values.unchanged, configChanges: [change] }, { next: undefined });
    expect(markdown).toContain("+ line 0\n");
    expect(markdown).toContain("+ line 1999\n");
    expect(markdown).toMatch(/… \d+ lines left out …/);
  });
});

test("violated policies come before everything else, with what lets them pass", () => {
  const policy = { level: "mandatory", message: "No list loses so many." } as const;
  const needs = { group: "owners", count: 2, have: 1 };
  const markdown = planMarkdown(
    {
      ...values.full,
      policies: [
        { ...policy, name: "kept", status: "ok" },
        { ...policy, name: "few-removals", status: "violated", needs },
        { ...policy, name: "let-pass", status: "approved" },
      ],
    },
    { next: NEXT, approve: "rollcall approve plan.json" },
  );
  const remarks = markdown.split("\n").filter((line) => line.startsWith("- ❌") || line.startsWith("- ⚠️"));
  expect(remarks[0]).toBe(
    "- ❌ **failed** policy `few-removals` `mandatory`: No list loses so many.<br>It takes 2 approvals by owners; there is 1.",
  );
  expect(markdown).toContain("- ⚠️ **overridden** policy `let-pass` `approved`:");
  expect(markdown).not.toContain("`kept`");
  expect(remarks.filter((line) => line.includes("policy"))).toHaveLength(2);
  expect(markdown).toContain(
    "❌ Apply refuses the whole plan because of `few-removals`: it sends withdrawals only.",
  );
  expect(markdown.indexOf("rollcall approve plan.json")).toBeLessThan(markdown.indexOf(NEXT));
});

test("people are masked even when the plan shows them, and it says so", () => {
  const [item] = values.full.exports;
  const samples = [{ ...item!.samples[0]!, address: "canary.person@example.com" }];
  const markdown = planMarkdown(
    { ...values.full, revealed: true, exports: [{ ...item!, samples }] },
    { next: undefined },
  );
  expect(markdown).not.toContain("canary");
  expect(markdown).toContain("c•••@example.com");
  expect(markdown).toContain("masked here, also with `--reveal`");
});

test("the marker tells environments and configs apart and cannot be ended early", () => {
  expect(commentMarker()).toBe("<!-- rollcall:plan default exports.config.yaml -->");
  expect(commentMarker("prod--> x", "a/b--c.yaml")).toBe(
    "<!-- rollcall:plan prod%002d-%003e%0020x a/b%002d-c.yaml -->",
  );
});
