import { mkdir, symlink } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { loadConfig } from "../../../src/config/load.js";
import { configOfText, folderOf, loadText, MINIMAL, rendered, signal } from "./support.js";

describe("discovery", () => {
  test("finds the config in the nearest folder above", async () => {
    const cwd = await folderOf({ "exports.config.yaml": MINIMAL, "a/b/other.txt": "" });
    const { files, config } = await loadConfig({ cwd: join(cwd, "a/b"), signal });
    expect(files).toEqual([join(cwd, "exports.config.yaml")]);
    expect(config?.folder).toBe(cwd);
  });

  test("takes .yml too", async () => {
    const cwd = await folderOf({ "exports.config.yml": MINIMAL });
    expect((await loadConfig({ cwd, signal })).config).toBeDefined();
  });

  test("does not look beyond the root of the repository", async () => {
    const cwd = await folderOf({ "exports.config.yaml": MINIMAL, "repo/.git/HEAD": "", "repo/deep/x": "" });
    const { config, diagnostics } = await loadConfig({ cwd: join(cwd, "repo/deep"), signal });
    expect(config).toBeUndefined();
    expect(rendered(diagnostics)).toContain("rollcall init");
  });

  test("runs no script and takes no options from the project", async () => {
    const cwd = await folderOf({
      "exports.config.js": "globalThis.ranScript = true; module.exports = {}",
      ".config/config.js": "globalThis.ranScript = true; module.exports = {}",
      "package.json": `{"cosmiconfig": {"searchPlaces": ["evil.yaml"]}, "exports": {"version": 1}}`,
      "evil.yaml": MINIMAL,
    });
    const before = process.cwd();
    process.chdir(cwd);
    try {
      const { diagnostics } = await loadConfig({ cwd, signal });
      expect(diagnostics.map(({ code }) => code)).toEqual(["config-not-found"]);
      expect("ranScript" in globalThis).toBe(false);
    } finally {
      process.chdir(before);
    }
  });

  test("says so when the named file is missing or a folder", async () => {
    const cwd = await folderOf({});
    await mkdir(join(cwd, "folder.yaml"));
    for (const configPath of ["missing.yaml", "folder.yaml"]) {
      const { diagnostics } = await loadConfig({ cwd, configPath, signal });
      expect(diagnostics.map(({ code }) => code)).toEqual(["config-not-found"]);
    }
  });
});

describe("include", () => {
  test("merges files, nested ones too, and paths start at the file they are in", async () => {
    const cwd = await folderOf({
      "exports.config.yaml": `version: 1\ninclude: ["parts/*.yaml"]\n`,
      "parts/a.yaml": `include: [deep/b.yaml]\nsources:\n  crm: {type: files, path: crm.csv}\nsuppressions: [gone]\n`,
      "parts/deep/b.yaml": `segments:\n  all: {source: crm}\n  gone: {addresses: gone.csv}\n  q: {sqlFile: q.sql}\nsuppressions: [q]\n`,
      "parts/deep/q.sql": "select 1 as email",
    });
    const { config, diagnostics, files } = await loadConfig({ cwd, signal });
    expect(rendered(diagnostics)).toContain("unused-segment");
    expect(files.map((file) => file.slice(cwd.length + 1))).toEqual([
      "exports.config.yaml",
      "parts/a.yaml",
      "parts/deep/b.yaml",
    ]);
    expect(config?.sources.get("crm")).toMatchObject({ folder: join(cwd, "parts") });
    expect(config?.segments.get("gone")?.from).toMatchObject({ path: join(cwd, "parts/deep/gone.csv") });
    expect(config?.segments.get("q")?.from).toEqual({ kind: "sql", sql: "select 1 as email", file: "q.sql" });
    expect(config?.suppressions).toEqual(["gone", "q"]);
  });

  test("reports both places of a name that is defined twice", async () => {
    const cwd = await folderOf({
      "exports.config.yaml": `version: 1\ninclude: [a.yaml]\ntimezone: UTC\nsegments:\n  all: {sql: select 1}\n`,
      "a.yaml": `timezone: UTC\nsegments:\n  all: {sql: select 2}\n`,
    });
    const text = rendered((await loadConfig({ cwd, signal })).diagnostics);
    expect(text).toContain("error[defined-twice] a.yaml:3:3");
    expect(text).toContain("exports.config.yaml:5:3");
    expect(text).toContain("error[defined-twice] a.yaml:1:1");
  });

  test("refuses a cycle, but not a file that two files include", async () => {
    const cwd = await folderOf({
      "exports.config.yaml": `version: 1\ninclude: [a.yaml, b.yaml]\n`,
      "a.yaml": `include: [c.yaml]\n`,
      "b.yaml": `include: [c.yaml]\n`,
      "c.yaml": `segments:\n  all: {sql: select 1}\n`,
      "loop.yaml": `version: 1\ninclude: [loop2.yaml]\n`,
      "loop2.yaml": `include: [loop.yaml]\n`,
    });
    expect((await loadConfig({ cwd, signal })).config?.segments.has("all")).toBe(true);
    const { diagnostics } = await loadConfig({ cwd, configPath: "loop.yaml", signal });
    expect(rendered(diagnostics)).toContain("loop.yaml → loop2.yaml → loop.yaml");
    expect(diagnostics[0]?.position).toMatchObject({ file: "loop2.yaml", line: 1, column: 11 });
  });

  test("reads only inside the project folder, also through a link", async () => {
    const cwd = await folderOf({
      "project/exports.config.yaml": `version: 1\ninclude: [../outside.yaml, link.yaml]\n`,
      "outside.yaml": "suppressions: []\n",
    });
    await symlink(join(cwd, "outside.yaml"), join(cwd, "project/link.yaml"));
    const { diagnostics } = await loadConfig({ cwd: join(cwd, "project"), signal });
    expect(diagnostics.map(({ code }) => code)).toEqual(["include-outside", "include-outside"]);
  });

  test("keeps the names of a broken included file known", async () => {
    const cwd = await folderOf({
      "exports.config.yaml": `version: 1\ninclude: [a.yaml]\nsuppressions: [staff]\n`,
      "a.yaml": `segments:\n  staff: [\n`,
    });
    const { diagnostics } = await loadConfig({ cwd, signal });
    expect(diagnostics.every(({ code }) => code.startsWith("yaml-"))).toBe(true);
  });
});

describe("a shorthand in the config", () => {
  test("defaults", async () => {
    const config = await configOfText(MINIMAL);
    expect(config.timezone).toBe("UTC");
    expect(config.state.store).toMatchObject({
      type: "local",
      options: { path: join(config.folder, ".rollcall") },
    });
    expect(config.connections.get("box")).toMatchObject({ usableBy: "admins", suppressions: [] });
    expect(config.exports.get("weekly")).toMatchObject({
      list: { id: "all" },
      mode: "mirror",
      readBack: "all",
      match: { email: "email", id: undefined },
      attributes: [],
      safeguards: {
        maxProfiles: undefined,
        maxRemovals: { count: undefined, share: 0.3 },
        maxAdds: { count: undefined, share: undefined },
        allowEmpty: false,
      },
    });
  });

  test("attributes and lists", async () => {
    const config = await configOfText(
      MINIMAL.replace("list: all,", "list: {name: Customers, create: true},").replace(
        "match: {email: email}}",
        `match: {email: email}, nulls: clear, createMissing: true, safeguards: {maxRemovals: {count: 0, share: 0.5%}},
      attributes: {firstName: first, phone: tel, plain: {column: tel, type: text}, MOBILE: {column: tel, defaultCountry: DE}, N: {constant: 5, nulls: leave, createMissing: false}, BORN: {column: born, format: "%d.%m.%Y"}, SCORE: {column: score, decimal: ","}, POINT: {column: score, decimal: "."}}}`,
      ),
    );
    const item = config.exports.get("weekly");
    expect(item?.list).toEqual({ name: "Customers", create: true, folder: undefined });
    expect(item?.safeguards.maxRemovals).toEqual({ count: 0, share: 0.005 });
    expect(
      item?.attributes.map(({ name, type, nulls, createMissing, phone }) => [
        name,
        type,
        nulls,
        createMissing,
        phone,
      ]),
    ).toEqual([
      ["firstName", undefined, "clear", true, undefined],
      ["phone", "phone", "clear", true, { countryColumn: undefined, defaultCountry: undefined, as: "text" }],
      ["plain", "text", "clear", true, undefined],
      ["MOBILE", "phone", "clear", true, { countryColumn: undefined, defaultCountry: "DE", as: "text" }],
      ["N", undefined, "leave", false, undefined],
      ["BORN", "date", "clear", true, undefined],
      ["SCORE", "number", "clear", true, undefined],
      ["POINT", "number", "clear", true, undefined],
    ]);
    expect(item?.attributes.slice(-3)).toMatchObject([
      { format: "%d.%m.%Y" },
      { decimal: "," },
      { decimal: "." },
    ]);
  });

  test("sendinblue is Brevo, secrets in files are found from the config's folder", async () => {
    const config = await configOfText(`version: 1
connections:
  a: {type: sendinblue, apiKey: {file: key.txt}, optOuts: {maxAge: 2d}, requestTimeout: 5s, jobTimeout: 2h}
  b: {type: sendgrid, apiKey: {command: [op, read, x]}, unsubscribeGroups: [3]}
`);
    expect(config.connections.get("a")).toMatchObject({
      type: "brevo",
      apiKey: { file: join(config.folder, "key.txt") },
      optOuts: { maxAgeSeconds: 172_800 },
      requestTimeoutSeconds: 5,
      jobTimeoutSeconds: 7200,
      options: { rateLimits: "general" },
    });
    expect(config.connections.get("b")?.options).toEqual({ rateLimits: "standard", unsubscribeGroups: [3] });
  });

  test("a merge key takes over what it names", async () => {
    const config = await configOfText(
      MINIMAL.replace("weekly: {", "weekly: &w {") + "  daily: {<<: *w, list: daily, mode: upsert}\n",
    );
    expect(config.exports.get("daily")).toMatchObject({
      list: { id: "daily" },
      mode: "upsert",
      connection: "box",
    });
  });
});

describe("places", () => {
  test("can point at any part of the config", async () => {
    const loaded = await loadText(MINIMAL.replace("match:", "attributes: {SCORE: {sql: x}}, match:"));
    const position = loaded.at(["exports", "weekly", "attributes", "SCORE"]);
    expect(position).toMatchObject({ line: 9, column: expect.any(Number) as number });
    expect(loaded.frame(position!)).toMatch(/>\s+9 \|.*SCORE[^\n]*\n\s+\| +\^{5}\n/);
    expect(loaded.at(["exports", "weekly", "attributes", "nowhere", "deep"])).toMatchObject({ line: 9 });
    expect(loaded.at(["exports", "weekly", "list"])).toMatchObject({ line: 9, column: 35 });
  });

  test("a byte-order mark is accepted and shifts no column", async () => {
    const { config, at } = await loadText(`\uFEFF${MINIMAL}`);
    expect(config).toBeDefined();
    expect(at(["version"])).toMatchObject({ line: 1, column: 10 });
  });

  test("Windows line ends are accepted", async () => {
    const { config, at } = await loadText(MINIMAL.replaceAll("\n", "\r\n"));
    expect(config).toBeDefined();
    expect(at(["segments", "all", "source"])).toMatchObject({ line: 7, column: 17 });
  });
});

test("a linked config keeps the folder of the link", async () => {
  const cwd = await folderOf({
    "data/exports.config.yaml": MINIMAL.replace("version: 1", "version: 1\ninclude: [more.yaml]"),
    "data/more.yaml": "suppressions: [all]",
  });
  await symlink(join("data", "exports.config.yaml"), join(cwd, "exports.config.yaml"));
  await symlink(join("data", "more.yaml"), join(cwd, "more.yaml"));
  const { config, diagnostics } = await loadConfig({ cwd, signal });
  expect(rendered(diagnostics)).toBe("");
  expect(config).toMatchObject({ folder: cwd, suppressions: ["all"] });
});
