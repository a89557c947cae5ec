import { mkdir, readFile, symlink, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, it, onTestFinished } from "vitest";
import { mkdtemp, realpath, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { loadConfig } from "../../../src/config/load.js";
import type { Diagnostic } from "../../../src/model/diagnostic.js";
import { fmt } from "../../../src/usecases/fmt.js";
import { folderOf, MINIMAL, rendered, signal } from "./support.js";

/** A folder beside the project with files that nobody gave leave to read. */
async function outside(): Promise<string> {
  const folder = await realpath(await mkdtemp(join(tmpdir(), "rollcall-outside-")));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  await mkdir(join(folder, "deep"));
  for (const name of ["part.yaml", "deep/part.yaml"]) await writeFile(join(folder, name), "segments: {}\n");
  await writeFile(join(folder, "a.csv"), "email\n");
  await writeFile(join(folder, "a.sql"), "SELECT canary FROM crm\n");
  return folder;
}

async function diagnosticsOf(
  project: string,
  text: string,
): Promise<{ codes: string[]; diagnostics: readonly Diagnostic[] }> {
  await writeFile(join(project, "exports.config.yaml"), text);
  const { diagnostics } = await loadConfig({ cwd: project, signal });
  return {
    codes: diagnostics.filter(({ severity }) => severity === "error").map(({ code }) => code),
    diagnostics,
  };
}

/** The minimal config with one path replaced, by the place that names it. */
const places: readonly [string, (path: string) => string][] = [
  ["state", (path) => `${MINIMAL}state: {path: ${q(path)}}\n`],
  ["encryption key", (path) => `${MINIMAL}state: {encryption: {key: {file: ${q(path)}}}}\n`],
  [
    "previous key",
    (path) => `${MINIMAL}state: {encryption: {key: {env: K}, previousKeys: [{file: ${q(path)}}]}}\n`,
  ],
  [
    "secret of a store",
    (path) => `${MINIMAL}state: {type: postgres, url: {file: ${q(path)}}, encryption: none}\n`,
  ],
  ["forget key", (path) => `${MINIMAL}forget: {key: {file: ${q(path)}}}\n`],
  ["file connection", (path) => MINIMAL.replace("path: lists", `path: ${q(path)}`)],
  ["files source", (path) => MINIMAL.replace("path: crm.csv", `path: ${q(path)}, format: csv`)],
  [
    "one of many files",
    (path) => MINIMAL.replace("path: crm.csv", `path: [crm.csv, ${q(path)}], format: csv`),
  ],
  ["glob", (path) => MINIMAL.replace("path: crm.csv", `path: ${q(`${path}/**/*.csv`)}`)],
  [
    "database",
    (path) => MINIMAL.replace("type: files, path: crm.csv", `type: duckdb, table: crm, path: ${q(path)}`),
  ],
  ["addresses", (path) => MINIMAL.replace("{source: crm}", `{addresses: ${q(path)}}`)],
  ["SQL file", (path) => MINIMAL.replace("{source: crm}", `{sqlFile: ${q(path)}}`)],
  [
    "secret file",
    (path) =>
      MINIMAL.replace("type: file, path: lists,", `type: sendgrid, apiKey: {file: ${q(path)}},`).replace(
        "list: all",
        "list: 1f",
      ),
  ],
];

const q = (text: string): string => JSON.stringify(text);

describe.each(places)("%s", (_place, yaml) => {
  it("is reported when it is written as other programs understand it, without quoting it", async () => {
    const project = await folderOf({ "crm.csv": "email\n" });
    const ways: [string, RegExp][] = [
      ["s3://canary/people.csv", /is an address on the net \(s3:\/\/\)/],
      ["https://user:canary@example.com/people.csv?sig=canary", /is an address on the net \(https:\/\/\)/],
      ["GS://canary/people.csv", /is an address on the net \(gs:\/\/\)/],
      ["zqzq://canary/people.csv", /is an address on the net, and/],
      ["file:///canary/people.csv", /begins with `file:\/\/`/],
      ["~/canary.csv", /begins with `~`, which a shell replaces/],
      ["~canary/people.csv", /begins with `~`/],
      ["$HOME/canary.csv", /begins with a variable/],
      ["${DATA}/canary.csv", /begins with a variable/],
      ["%USERPROFILE%\\canary.csv", /begins with a variable/],
    ];
    for (const [way, why] of ways) {
      const { codes, diagnostics } = await diagnosticsOf(project, yaml(way));
      expect(codes, way).toEqual(["path-foreign"]);
      const [told] = diagnostics.filter(({ code }) => code === "path-foreign");
      expect(told?.message, way).toMatch(why);
      expect(`${told?.message} ${told?.hint}`, way).not.toContain("canary");
      expect(told?.position, way).toBeDefined();
    }
    for (const plain of ["./~/people.csv", "a~b.csv", "data$1/a.csv", "a:b.csv", "50%off%/a.csv"])
      expect((await diagnosticsOf(project, yaml(plain))).codes, plain).not.toContain("path-foreign");
  });

  it("may not lead out of the project, by whatever way", async () => {
    const beside = await outside();
    const project = await folderOf({ "crm.csv": "email\n" });
    await symlink(beside, join(project, "link"));
    await symlink(join(beside, "a.csv"), join(project, "file"));
    const ways = [
      join(beside, "a.csv"),
      "../a.csv",
      "lists/../../a.csv",
      "link/a.csv",
      "link/not/there.csv",
      "file",
      "//server/share/a.csv",
      "\\\\server\\share\\a.csv",
      "C:\\data\\a.csv",
    ];
    for (const way of ways) {
      const { codes, diagnostics } = await diagnosticsOf(project, yaml(way));
      expect(codes, way).toEqual(["path-outside"]);
      expect(diagnostics[0]?.position, way).toBeDefined();
      expect(rendered(diagnostics), way).not.toContain("canary");
    }
    const { codes } = await diagnosticsOf(project, yaml("sub/../inside.csv"));
    expect(codes).not.toContain("path-outside");
  });

  it("may lead where the root file allows it, and no further", async () => {
    const beside = await outside();
    const project = await folderOf({ "crm.csv": "email\n" });
    await symlink(beside, join(project, "link"));
    for (const allowed of [beside, "link"]) {
      const text = `${yaml(join(beside, "a.sql"))}allowPaths: [${q(allowed)}]\n`;
      expect((await diagnosticsOf(project, text)).codes, allowed).not.toContain("path-outside");
    }
    const deeper = `${yaml(join(beside, "a.sql"))}allowPaths: [${q(join(beside, "deep"))}, ${q(`${beside}x`)}]\n`;
    expect((await diagnosticsOf(project, deeper)).codes).toEqual(["path-outside"]);
  });
});

it("the hint for an address on the net depends on what exists", async () => {
  const hints: [string, RegExp][] = [
    [MINIMAL.replace("path: crm.csv", "path: s3://a/crm.csv"), /Fetch the file.*`aws s3 cp`/],
    [MINIMAL.replace("path: lists", "path: s3://a/lists"), /copy it in a step after/],
    [`${MINIMAL}state: {path: s3://a/state}\n`, /`type` of its own: `azureBlob`, `postgres` or `s3`\./],
  ];
  for (const [text, hint] of hints) {
    const { diagnostics } = await diagnosticsOf(await folderOf({}), text);
    expect(diagnostics.find(({ code }) => code === "path-foreign")?.hint).toMatch(hint);
  }
  const { diagnostics } = await diagnosticsOf(
    await folderOf({}),
    MINIMAL.replace("path: crm.csv", "path: ~/a.csv"),
  );
  expect(diagnostics[0]?.message).toMatch(/^The path of `sources.crm.path` begins/);
});

it("an include or a folder of allowPaths is reported, too", async () => {
  const project = await folderOf({ "crm.csv": "email\n" });
  for (const [key, way] of [
    ["include", "https://example.com/part.yaml"],
    ["include", "~/part.yaml"],
    ["allowPaths", "~/data"],
    ["allowPaths", "s3://data"],
  ] as const) {
    const { codes, diagnostics } = await diagnosticsOf(project, `${key}: [${q(way)}]\n${MINIMAL}`);
    expect(codes, way).toEqual(["path-foreign"]);
    expect(diagnostics[0]).toMatchObject({
      message: expect.stringContaining(`The path of \`${key}[0]\``),
      position: { line: 1 },
    });
  }
});

it("a glob that starts with a wildcard counts as its folder", async () => {
  const project = await folderOf({ "crm.csv": "email\n" });
  for (const glob of ["*.csv", "**/*.csv", "{crm,x}.csv", "./*.csv"])
    expect(
      (await diagnosticsOf(project, MINIMAL.replace("path: crm.csv", `path: ${q(glob)}`))).codes,
    ).toEqual([]);
});

it("an include needs the same permission, which only the root file gives", async () => {
  const beside = await outside();
  const project = await folderOf({ "crm.csv": "email\n", "inner.yaml": `allowPaths: [${q(beside)}]\n` });
  await symlink(join(beside, "part.yaml"), join(project, "linked.yaml"));
  for (const include of [`${beside}/*.yaml`, "../*/part.yaml", "linked.yaml"]) {
    const { codes } = await diagnosticsOf(project, `include: [${q(include)}]\n${MINIMAL}`);
    expect(codes, include).toEqual(["include-outside"]);
  }
  const allowed = `include: [${q(`${beside}/*.yaml`)}]\nallowPaths: [${q(beside)}]\n${MINIMAL}`;
  expect((await diagnosticsOf(project, allowed)).codes).toEqual([]);
  const { diagnostics } = await diagnosticsOf(project, `include: [inner.yaml]\n${MINIMAL}`);
  expect(diagnostics.map(({ code, position }) => [code, position?.file])).toEqual([
    ["allow-paths-included", "inner.yaml"],
  ]);
});

describe("what lies outside of the repository", () => {
  it("is read when `allowPaths` allows it, and not shown", async () => {
    const project = await folderOf({});
    const elsewhere = await outside();
    await writeFile(
      join(elsewhere, "part.yaml"),
      "segments: {zqcanary: {source: zqother}}\nzqkey: zqvalue\n",
    );
    const { diagnostics } = await diagnosticsOf(
      project,
      `${MINIMAL}allowPaths: [${q(elsewhere)}]\ninclude: [${q(join(elsewhere, "part.yaml"))}]\n`,
    );
    const inside = diagnostics.filter(({ position }) => position?.file.endsWith("part.yaml"));
    expect(inside.length).toBeGreaterThan(0);
    expect(inside.map(({ frame }) => frame)).toEqual(inside.map(() => undefined));
    expect(JSON.stringify(diagnostics)).not.toContain("zqvalue");
  });

  it("is not formatted by fmt, unless it is named", async () => {
    const project = await folderOf({});
    const elsewhere = await outside();
    const untidy = "segments:   {zqcanary: {source:   crm}}\n";
    await writeFile(join(elsewhere, "part.yaml"), untidy);
    await diagnosticsOf(
      project,
      `${MINIMAL}allowPaths: [${q(elsewhere)}]\ninclude: [${q(join(elsewhere, "part.yaml"))}]\n`,
    );
    const { changed } = await fmt({ cwd: project, files: [], check: false, diff: true, signal });
    expect(changed.map(({ diff }) => diff).join()).not.toContain("zqcanary");
    expect(await readFile(join(elsewhere, "part.yaml"), "utf8")).toBe(untidy);
  });
});
