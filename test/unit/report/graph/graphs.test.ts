import { instance } from "@viz-js/viz";
import { describe, expect, test } from "vitest";
import { dot } from "../../../../src/report/graph/dot.js";
import type { Graph, NodeKind } from "../../../../src/report/graph/graph.js";
import { mermaid } from "../../../../src/report/graph/mermaid.js";
import { planGraph } from "../../../../src/report/graph/plan-graph.js";
import { toOneLine } from "../../../../src/report/layout/printable.js";
import { buildGraph } from "../../../../src/usecases/graph.js";
import * as values from "../../../golden/report/values.js";
import { HOSTILE } from "../../../support/hostile-plan.js";
import { project } from "../../../support/rollcall.js";

const graphviz = await instance();

/** What Graphviz itself reads: the lines of each node's label, and how many edges. */
function readByGraphviz(text: string): { labels: string[]; edges: number } {
  const result = graphviz.renderString(text, { format: "json0" });
  const { objects = [], edges = [] } = JSON.parse(result) as {
    objects?: { label: string }[];
    edges?: unknown[];
  };
  return { labels: objects.map(({ label }) => label), edges: edges.length };
}

const KINDS: readonly NodeKind[] = ["source", "segment", "suppression", "export", "list", "connection"];

const graphOf = (text: string): Graph => ({
  nodes: KINDS.map((kind, index) => ({ id: `n${index}`, kind, label: [text], alarming: index === 0 })),
  edges: [
    { from: "n0", to: "n1", label: text },
    { from: "n1", to: "n2", dashed: true },
  ],
});

describe("DOT", () => {
  test.each(HOSTILE.filter((text) => !text.includes("\uD800")))("Graphviz reads back %j", (text) => {
    const { labels, edges } = readByGraphviz(dot(graphOf(text)));
    // What is written as an entity or an escape is text again only when it is drawn.
    const drawn = labels.map((label) => label.replaceAll("&amp;", "&").replaceAll("\\\\", "\\"));
    expect(drawn).toEqual(KINDS.map(() => toOneLine(text)));
    expect(edges).toBe(2);
  });
});

describe("Mermaid", () => {
  test.each(HOSTILE)("%j is a label and nothing else", (text) => {
    const lines = mermaid(graphOf(text)).split("\n");
    expect(lines).toHaveLength(1 + KINDS.length + 2 + 2);
    const labels = lines
      .slice(1, 1 + KINDS.length)
      .map((line) => /^ {2}n\d+[[({/]{1,2}"([^"]*)"[\])}/]{1,2}$/.exec(line)?.[1]);
    for (const label of labels) expect(label).toMatch(/^(?:[\p{L}\p{N} .,_+→−–-]|#\d+;)*$/u);
  });
});

describe("a plan", () => {
  test("draws what changes and leaves out the rest", () => {
    const { graph: drawn, left } = planGraph(values.full);
    expect(drawn.nodes.map(({ label }) => label[0])).toEqual([
      "marketing",
      "marketing-eu",
      "new list EU customers",
      "newsletter",
      "weekly",
      "Customers",
    ]);
    expect(drawn.edges.map(({ label }) => label)).toEqual([undefined, "+500", undefined, "+12, ~2,003, −1"]);
    expect(left).toBe(0);
    expect(planGraph(values.unchanged).graph.nodes).toEqual([]);
  });

  test("says how many it left out of a drawing that would be too large", () => {
    const [item] = values.full.exports;
    const many = Array.from({ length: 30 }, (_, index) => ({
      ...item!,
      name: `e${index}`,
      list: { id: `${index}`, name: undefined, create: false },
    }));
    const { graph: drawn, left } = planGraph({ ...values.full, exports: many }, 40);
    expect(drawn.nodes.length).toBeLessThanOrEqual(40);
    expect(left).toBe(30 - 19);
  });

  test("of two accounts with one name for a list draws two lists", () => {
    const [item] = values.full.exports;
    const exports = ["one", "two"].map((account) => ({ ...item!, name: account, account }));
    const { graph: drawn } = planGraph({ ...values.full, exports });
    expect(drawn.nodes.map(({ kind }) => kind)).toEqual(["connection", "export", "list", "export", "list"]);
  });
});

test("the graph of a configuration has every source, segment, export, list and connection", async () => {
  const { graph: found, diagnostics } = await buildGraph({
    cwd: `${project}examples/many-exports`,
    signal: new AbortController().signal,
  });
  expect(diagnostics).toEqual([]);
  const named = new Map(found!.nodes.map(({ id, kind, label }) => [id, `${kind} ${label.join(" ")}`]));
  const edges = found!.edges.map(({ from, to, label, dashed }) =>
    [
      named.get(from),
      dashed === true ? "-.->" : "-->",
      named.get(to),
      ...(label === undefined ? [] : [`(${label})`]),
    ].join(" "),
  );
  expect(edges).toMatchInlineSnapshot(`
    [
      "source customers files --> segment recent",
      "segment recent --> segment spenders",
      "segment recent --> export campaigns",
      "export campaigns --> list Campaigns (mirror)",
      "connection marketing sendgrid --> list Campaigns",
      "segment spenders --> export phone_list",
      "export phone_list --> list phone-list (mirror)",
      "connection folder file --> list phone-list",
      "segment recent --> export weekly",
      "export weekly --> list Weekly (mirror)",
      "connection newsletter brevo --> list Weekly",
      "segment spenders --> export spenders",
      "segment recent --> export spenders",
      "export spenders --> list Best customers (add-only)",
      "connection newsletter brevo --> list Best customers",
      "suppression complaints -.-> connection newsletter brevo (never sent)",
      "suppression complaints -.-> connection marketing sendgrid (never sent)",
      "suppression staff -.-> connection marketing sendgrid (never sent)",
      "suppression complaints -.-> connection folder file (never sent)",
    ]
  `);
  expect(JSON.stringify(found)).not.toMatch(/API_KEY|127\.0\.0\.1/);
  expect(readByGraphviz(dot(found!)).edges).toBe(edges.length);
});
