import { afterEach, beforeEach, expect, test } from "vitest";
import { parse } from "yaml";
import { validate } from "../../src/usecases/validate.js";
import { openProject, type Project, type Yaml } from "../support/project.js";
import { remoteOf } from "../support/remote.js";

/** Every block of `moved` and `removed` that is told can be pasted into the config: the checks of all its environments take it. */
let project: Project;

beforeEach(async () => {
  project = await openProject();
  await project.profiles(Array.from({ length: 3 }, (_, n) => ({ email: `p${n}@example.com` })));
});
afterEach(() => project.stop());

const upsert = (more: Yaml = {}): Yaml => ({
  connection: "file",
  list: { name: "customers", create: true },
  mode: "upsert",
  segments: ["all"],
  match: { email: "email" },
  ...more,
});
const elsewhere = { connections: { file: { path: "staging" } } };
const config = (exports: Yaml, more: Yaml = {}): Promise<void> =>
  project.config({ segments: { all: { source: "crm" } }, exports, ...more });
const errors = async (): Promise<string[]> => {
  const { diagnostics } = await validate({ cwd: project.folder, signal: new AbortController().signal });
  return diagnostics.filter(({ severity }) => severity === "error").map(({ message }) => message);
};
const hintOf = async (name: string, environment?: string): Promise<string> => {
  const plan = await project.plan({ environment });
  const failed = plan.exports.find((one) => one.name === name)?.error;
  if (failed === undefined) throw new Error(`${name} is not refused`);
  return failed.hint ?? "";
};
const blocksIn = (text: string): Yaml[] =>
  [...text.matchAll(/`((?:moved|removed|environments): [^`]+)`/g)].map(
    ([, block]) => parse(block ?? "") as Yaml,
  );

/** What is in the config, with a block below it as somebody writes it there. */
function pasted(into: Yaml, block: Yaml): Yaml {
  const merged = Object.entries(block).map(([key, value]) => {
    const there = into[key];
    if (Array.isArray(value)) return [key, [...((there as unknown[] | undefined) ?? []), ...value]];
    const below = (there ?? {}) as Yaml;
    return [key, typeof value === "object" ? { ...below, ...pasted(below, value as Yaml) } : value];
  });
  return { ...into, ...(Object.fromEntries(merged) as Yaml) };
}

test("blocks for either, for one after the other, or to release both are shown when two exports of one list are gone", async () => {
  await config({ daily: upsert(), weekly: upsert() });
  await project.apply();
  const exports = { newsletter: upsert() };
  await config(exports);
  const blocks = blocksIn(await hintOf("newsletter"));
  expect(blocks).toEqual([
    { moved: [{ from: "daily", to: "newsletter" }] },
    { moved: [{ from: "weekly", to: "newsletter" }] },
    {
      removed: [
        { export: "daily", members: "keep" },
        { export: "weekly", members: "keep" },
      ],
    },
  ]);
  for (const block of blocks) {
    await config(exports, block);
    expect(await errors()).toEqual([]);
    expect((await project.planOf("newsletter")).error).toBeUndefined();
  }
  const [first = {}, second = {}] = blocks;
  await config(exports, pasted(first, second));
  expect(await errors()).toEqual([]);
  expect(await project.applyOf("newsletter")).toMatchObject({ status: "unchanged" });
  expect((await project.plan()).configChanges).toEqual([]);
});

test("a block is shown when an environment leaves out the export that has another name now", async () => {
  const environments = (name: string): Yaml => ({
    production: {},
    staging: { ...elsewhere, exports: { [name]: { enabled: false } } },
  });
  await config(
    { weekly: upsert(), daily: upsert({ list: { name: "clients", create: true } }) },
    { environments: environments("weekly") },
  );
  await project.apply({ environment: "production" });
  const exports = { newsletter: upsert(), daily: upsert({ list: { name: "clients", create: true } }) };
  await config(exports, { environments: environments("newsletter") });
  const blocks = blocksIn(await hintOf("newsletter", "production"));
  expect(blocks).toHaveLength(2);
  for (const block of blocks) {
    await config(exports, pasted({ environments: environments("newsletter") }, block));
    expect(await errors()).toEqual([]);
    expect((await project.planOf("newsletter", { environment: "production" })).error).toBeUndefined();
  }
});

test("a block is shown in that environment when only one environment leaves out the export", async () => {
  await config({ weekly: upsert() }, { environments: { production: {}, staging: elsewhere } });
  await project.apply({ environment: "staging" });
  const exports = { weekly: upsert(), newsletter: upsert() };
  const environments = {
    production: { exports: { newsletter: { enabled: false } } },
    staging: { ...elsewhere, exports: { weekly: { enabled: false } } },
  };
  await config(exports, { environments });
  const hint = await hintOf("newsletter", "staging");
  expect(hint).toContain('`environments: {staging: {moved: [{from: "weekly", to: "newsletter"}]}}`');
  for (const block of blocksIn(hint)) {
    await config(exports, pasted({ environments }, block));
    expect(await errors()).toEqual([]);
    expect((await project.planOf("newsletter", { environment: "staging" })).error).toBeUndefined();
  }
});

test("a block is shown when an export has another name and this environment leaves it out", async () => {
  await config({ weekly: upsert() }, { environments: { production: {}, staging: elsewhere } });
  await project.apply({ environment: "staging" });
  const exports = { newsletter: upsert(), daily: upsert({ list: { name: "clients", create: true } }) };
  const into = {
    moved: [{ from: "weekly", to: "newsletter" }],
    environments: { production: {}, staging: { ...elsewhere, exports: { newsletter: { enabled: false } } } },
  };
  await config(exports, into);
  expect(await errors()).toEqual([]);
  const [orphan] = (await project.plan({ environment: "staging" })).configChanges.filter(
    ({ kind }) => kind === "orphaned",
  );
  const blocks = blocksIn(orphan?.hint ?? "");
  expect(blocks).toEqual([
    { environments: { staging: { removed: [{ export: "newsletter", members: "keep" }] } } },
  ]);
  await config(exports, pasted(into, blocks[0] ?? {}));
  expect(await errors()).toEqual([]);
  const { configChanges } = await project.plan({ environment: "staging" });
  expect(configChanges.map(({ kind }) => kind)).toEqual(["new", "removed"]);
});

test("a block is shown when an export goes to another list, by its name and in one environment alone", async () => {
  const remote = remoteOf(project, "brevo");
  const [list, own] = [await remote.addList("customers"), await remote.addList("own")];
  await remote.addList("clients");
  const exports = { weekly: upsert({ connection: "brevo", list }) };
  const into = (target: unknown): Yaml => ({
    environments: { production: {}, staging: { exports: { weekly: { list: target } } } },
  });
  await config(exports, into(own));
  await project.apply({ environment: "staging" });
  const staged = into({ name: "clients" });
  await config(exports, staged);
  const [block = {}] = blocksIn(await hintOf("weekly", "staging"));
  await config(exports, pasted(staged, block));
  expect(await errors()).toEqual([]);
  expect((await project.planOf("weekly", { environment: "staging" })).error).toBeUndefined();
});
