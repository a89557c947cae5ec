import { expect, it } from "vitest";
import { buildGraph } from "../../../src/usecases/graph.js";
import { folderOf, signal } from "../config/support.js";

const times = (count: number, one: (index: number) => string, between = "\n"): string =>
  [...Array(count).keys()].map(one).join(between);

it("connects what a segment's SQL names, in whatever case", async () => {
  const cwd = await folderOf({
    "exports.config.yaml": `version: 1
connections: {out: {type: file, path: lists}}
sources: {crm: {type: files, path: c.csv}, Orders-2025: {type: files, path: o.csv}}
segments:
  all: {source: crm}
  Buyers: {sql: 'SELECT * FROM "orders-2025" JOIN CRM USING (email)'}
  loyal: {sql: "SELECT * FROM buyers WHERE loyal"}
exports: {weekly: {connection: out, list: all, segments: [loyal, all], match: {email: email}}}
`,
  });
  const { graph: found, diagnostics } = await buildGraph({ cwd, signal });
  expect(diagnostics.filter(({ severity }) => severity === "error")).toEqual([]);
  const labels = new Map(found?.nodes.map(({ id, label }) => [id, label[0]]));
  const edges = found?.edges.map(({ from, to }) => `${labels.get(from)} → ${labels.get(to)}`);
  expect(edges?.slice(0, 4)).toEqual(["crm → all", "Orders-2025 → Buyers", "crm → Buyers", "Buyers → loyal"]);
});

it("refuses to draw what nobody could read and no memory would hold", async () => {
  const cwd = await folderOf({
    "exports.config.yaml": `version: 1
connections:
${times(400, (index) => `  c${index}: {type: file, path: lists/${index}}`)}
sources: {crm: {type: files, path: c.csv}}
segments:
${times(400, (index) => `  s${index}: {source: crm}`)}
suppressions: [${times(400, (index) => `s${index}`, ", ")}]
exports: {weekly: {connection: c0, list: all, segments: [s0], match: {email: email}}}
`,
  });
  await expect(buildGraph({ cwd, signal })).rejects.toThrow("The graph has more than 100000 edges.");
});
