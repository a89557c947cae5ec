import { execFile } from "node:child_process";
import { mkdir, mkdtemp, readFile, rm, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { expect, onTestFinished, test } from "vitest";
import { nodesOf } from "../support/markdown.js";
import { project } from "../support/rollcall.js";

/** The code blocks of a page, by their language. */
async function blocksOf(page: string): Promise<ReadonlyMap<string, string>> {
  const nodes = nodesOf(await readFile(join(project, page), "utf8"));
  return new Map(
    nodes.flatMap((node) => (node.type === "code" ? [[node.lang ?? "", `${node.value}\n`]] : [])),
  );
}

/** A project that has the built package installed. */
async function installed(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), "rollcall-api-"));
  onTestFinished(() => rm(folder, { recursive: true }));
  await mkdir(join(folder, "node_modules"));
  await symlink(project, join(folder, "node_modules/rollcall"));
  return folder;
}

test("the program in docs/api.md does what the page says, as a program that has the package installed", async () => {
  const blocks = await blocksOf("docs/api.md");
  const folder = await installed();
  await writeFile(join(folder, "exports.config.yaml"), blocks.get("yaml") ?? "");
  await writeFile(join(folder, "customers.csv"), blocks.get("csv") ?? "");
  await writeFile(join(folder, "weekly.mjs"), blocks.get("js") ?? "");
  const run = promisify(execFile)(process.execPath, ["weekly.mjs"], { cwd: folder });
  const { stdout, stderr } = await run;
  expect(stderr).toBe("");
  expect(stdout).toBe(blocks.get("text"));
  expect(await readFile(join(folder, "lists/weekly.csv"), "utf8")).toContain("ana@example.com");
});

test("every function of the API works on a project, and says what is wrong with a config instead of throwing", async () => {
  const blocks = await blocksOf("docs/api.md");
  const folder = await installed();
  await writeFile(join(folder, "exports.config.yaml"), blocks.get("yaml") ?? "");
  await writeFile(join(folder, "customers.csv"), blocks.get("csv") ?? "");
  await writeFile(
    join(folder, "weekly.test.yaml"),
    `sources:
  customers: [{ email: ana@example.com, first: Ana }]
cases:
  - name: Whoever has an address is on the list
    expect: { exports: { weekly: { members: [ana@example.com] } } }
`,
  );
  await writeFile(
    join(folder, "all.mjs"),
    `import { drift, plan, test, validate } from "rollcall";
const events = [];
const { facts } = await validate();
const tested = await test({ filter: "ADDRESS", onResult: ({ name }) => events.push(name) });
await plan({ targets: ["weekly"], onEvent: ({ type }) => events.push(type) });
const { drift: found } = await drift({ actor: "all.mjs" });
const wrong = await plan({ config: "weekly.test.yaml" });
const stopped = await plan({ signal: AbortSignal.abort() }).catch((error) => error.name ?? error.kind);
console.log(JSON.stringify({ facts, tested: tested.results?.length, diagnosed: tested.diagnostics, events, found, wrong, stopped }));
`,
  );
  const { stdout } = await promisify(execFile)(process.execPath, ["all.mjs"], { cwd: folder });
  const told = JSON.parse(stdout) as Record<string, unknown>;
  expect(told).toMatchObject({ facts: { exports: 1 }, found: { exports: expect.any(Array) as unknown } });
  expect(told["tested"], JSON.stringify(told["diagnosed"])).toBe(1);
  expect(told["events"]).toContain("stage");
  expect(told["wrong"]).toMatchObject({
    diagnostics: expect.arrayContaining([expect.objectContaining({ code: "missing-key" })]) as unknown,
  });
  expect(told["stopped"]).toBe("AbortError");
  expect(JSON.stringify(told["events"])).not.toContain("example.com");
});
