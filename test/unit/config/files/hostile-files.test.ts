import { chmod, mkdir, symlink, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { describe, expect, it, onTestFinished } from "vitest";
import { loadConfig } from "../../../../src/config/load.js";
import { findTestFiles } from "../../../../src/config/test-file/find.js";
import { readTestFile } from "../../../../src/config/test-file/read.js";
import type { Diagnostic } from "../../../../src/model/diagnostic.js";
import { Failure } from "../../../../src/model/failure.js";
import {
  asNobody,
  CANARY,
  folderElsewhere,
  HOSTILE,
  putHuge,
  type Hostile,
} from "../../../support/hostile-files.js";
import { configOfText, folderOf, MINIMAL, rendered, signal } from "../support.js";

interface Place {
  readonly name: string;
  /** Where the hostile file goes, in a project that names it. */
  readonly path: string;
  readonly files: Readonly<Record<string, string>>;
  readonly read: (project: string) => Promise<readonly Diagnostic[]>;
}

const load = async (cwd: string, configPath?: string): Promise<readonly Diagnostic[]> =>
  (await loadConfig({ cwd, configPath, signal })).diagnostics;

const runTests = async (cwd: string, named: readonly string[]): Promise<readonly Diagnostic[]> => {
  const config = { ...(await configOfText(MINIMAL)), folder: cwd };
  const paths = await findTestFiles(cwd, named, cwd);
  const read = await Promise.all(paths.map((path) => readTestFile(path, (label) => label, config)));
  return read.flatMap(({ diagnostics }) => diagnostics);
};

const PLACES: readonly Place[] = [
  { name: "the config", path: "exports.config.yaml", files: {}, read: (cwd) => load(cwd) },
  {
    name: "the config of a folder above",
    path: "exports.config.yaml",
    files: { "deep/er/x": "" },
    read: (cwd) => load(join(cwd, "deep/er")),
  },
  {
    name: "a config of a repository that --config names",
    path: "ci/other.yaml",
    files: { ".git/HEAD": "", "ci/x": "" },
    read: (cwd) => load(cwd, "ci/other.yaml"),
  },
  {
    name: "an include",
    path: "part.yaml",
    files: { "exports.config.yaml": `include: [part.yaml]\n${MINIMAL}` },
    read: (cwd) => load(cwd),
  },
  {
    name: "an include that a pattern finds",
    path: "parts/a.yaml",
    files: { "exports.config.yaml": `include: ["parts/**/*.yaml"]\n${MINIMAL}`, "parts/x": "" },
    read: (cwd) => load(cwd),
  },
  {
    name: "an SQL file",
    path: "all.sql",
    files: { "exports.config.yaml": MINIMAL.replace("{source: crm}", "{sqlFile: all.sql}") },
    read: (cwd) => load(cwd),
  },
  { name: "a test", path: "segments.test.yaml", files: {}, read: (cwd) => runTests(cwd, []) },
  {
    name: "a named test",
    path: "segments.test.yaml",
    files: { ".git/HEAD": "" },
    read: (cwd) => runTests(cwd, ["segments.test.yaml"]),
  },
];

/** All that is told, as diagnostics or by throwing. */
async function told({ files, path, read }: Place, put: Hostile["put"]): Promise<string> {
  const project = await folderOf(files);
  await mkdir(dirname(join(project, path)), { recursive: true });
  await put(join(project, path));
  const diagnostics = await read(project).catch((error: unknown): readonly Diagnostic[] => {
    if (!(error instanceof Failure)) throw error;
    return [{ severity: "error", code: error.kind, message: error.message, hint: error.hint ?? "" }];
  });
  return `${rendered(diagnostics)}\n${JSON.stringify(diagnostics)}`;
}

describe.each(PLACES)("$name", (place) => {
  it.each(HOSTILE)("may not be $name", async ({ name, put, said }) => {
    // Patterns and the search for tests find files only.
    if (name === "a folder" && /pattern|a test|a named test|include/.test(place.name)) return;
    const text = await told(place, put);
    expect(text).toMatch(said);
    expect(text).not.toMatch(/canary|PATH=|no exports.config.yaml/);
  });

  it("may not be huge", async () => {
    const text = await told(place, putHuge);
    expect(text).toContain("is larger than 5 MB");
    expect(text).not.toContain(CANARY);
  });
});

it("a config may be a link to another file of its repository, and to none elsewhere", async () => {
  const project = await folderOf({ ".git/HEAD": "", "shared/base.yaml": MINIMAL, "team/crm.csv": "email\n" });
  await symlink("../shared/base.yaml", join(project, "team/exports.config.yaml"));
  const { config, diagnostics } = await loadConfig({ cwd: join(project, "team"), signal });
  expect(diagnostics).toEqual([]);
  expect(config?.folder).toBe(join(project, "team"));
  await symlink(join(project, ".git/HEAD"), join(project, "exports.config.yaml"));
  expect(rendered(await load(project))).toContain("leads out of");
});

it("a config that a command names may lie anywhere outside of a repository", async () => {
  const elsewhere = await folderElsewhere();
  await writeFile(join(elsewhere, "real.yaml"), MINIMAL);
  await symlink(join(elsewhere, "real.yaml"), join(elsewhere, "link.yaml"));
  const project = await folderOf({ ".git/HEAD": "" });
  expect(await load(project, join(elsewhere, "link.yaml"))).toEqual([]);
  const environment = await load(elsewhere, "/proc/self/environ");
  expect(rendered(environment)).toContain("does not have the size that it is said to have");
  expect(rendered(environment)).not.toContain("PATH=");
});

it("folders that links lead to are looked into inside the project only", async () => {
  const elsewhere = await folderElsewhere();
  await writeFile(join(elsewhere, "far.test.yaml"), `${CANARY}: [\n`);
  await writeFile(join(elsewhere, "far.yaml"), `${CANARY}: [\n`);
  const project = await folderOf({ "real/near.test.yaml": "cases: []\n", "exports.config.yaml": MINIMAL });
  await symlink("/", join(project, "everything"));
  await symlink(elsewhere, join(project, "elsewhere"));
  await symlink("real", join(project, "linked"));
  expect(await findTestFiles(project, [], project)).toEqual([
    join(project, "linked/near.test.yaml"),
    join(project, "real/near.test.yaml"),
  ]);
  for (const include of ["**/far.yaml", "elsewhere/*.yaml", "everything/**/*.yaml"]) {
    await writeFile(join(project, "exports.config.yaml"), `include: ["${include}"]\n${MINIMAL}`);
    expect((await load(project)).map(({ code }) => code)).toEqual(["include-outside"]);
  }
});

it("a test is not a file that the config takes a key from", async () => {
  const project = await folderOf({ "production.key": `${CANARY}: [\n` });
  await symlink("production.key", join(project, "a.test.yaml"));
  const config = {
    ...(await configOfText(MINIMAL)),
    folder: project,
    secretFiles: [join(project, "production.key")],
  };
  const { diagnostics } = await readTestFile(join(project, "a.test.yaml"), (label) => label, config);
  expect(diagnostics.map(({ code }) => code)).toEqual(["test-secret"]);
  expect(rendered(diagnostics)).not.toContain(CANARY);
});

it("a test is not a link to something else, whose content its messages would show", async () => {
  const project = await folderOf({
    "people.jsonl": `{"email":"${CANARY}"}\n`,
    "real.test.yaml": "cases: []\n",
  });
  await symlink("people.jsonl", join(project, "a.test.yaml"));
  await symlink("real.test.yaml", join(project, "b.test.yaml"));
  const config = { ...(await configOfText(MINIMAL)), folder: project };
  const read = (name: string) => readTestFile(join(project, name), (label) => label, config);
  const { diagnostics } = await read("a.test.yaml");
  expect(diagnostics.map(({ code }) => code)).toEqual(["test-link"]);
  expect(rendered(diagnostics)).not.toContain(CANARY);
  expect((await read("b.test.yaml")).diagnostics.map(({ code }) => code)).not.toContain("test-link");
});

it("a file name that is too long for the system is reported as such", async () => {
  const { diagnostics } = await loadConfig({ cwd: "/", configPath: `${"x".repeat(300)}.yaml`, signal });
  expect(rendered(diagnostics)).toContain("has a name that is too long");
});

describe("what this user may not read", () => {
  const open = async (files: Readonly<Record<string, string>>, closed: string): Promise<string> => {
    const project = await folderOf(files);
    for (const path of [project, ...(closed.includes("/") ? [dirname(join(project, closed))] : [])])
      await chmod(path, 0o755);
    await chmod(join(project, closed), 0);
    onTestFinished(() => chmod(join(project, closed), 0o700));
    return project;
  };

  it.each([
    ["the config", "exports.config.yaml", { "exports.config.yaml": MINIMAL }],
    ["the folder of the config", "deep", { "deep/exports.config.yaml": MINIMAL }],
  ])("%s is not taken for missing", async (_name, closed, files) => {
    const project = await open(files, closed);
    const cwd = closed === "deep" ? join(project, "deep") : project;
    const text = rendered(await asNobody(() => load(cwd)));
    expect(text).toContain("config-unreadable");
    expect(text).toContain("cannot be read: permission denied (EACCES)");
  });

  it("a folder that includes or tests may lie in is not taken for empty", async () => {
    const files = {
      "exports.config.yaml": `include: ["parts/**/*.yaml"]\n${MINIMAL}`,
      "parts/deep/a.yaml": "",
    };
    const project = await open(files, "parts/deep");
    const text = rendered(await asNobody(() => load(project)));
    expect(text).toMatch(/include-unreadable[^]*parts\/deep cannot be read: permission denied/);
    await expect(asNobody(() => findTestFiles(project, [], project))).rejects.toThrow(
      /parts\/deep cannot be read/,
    );
  });
});
