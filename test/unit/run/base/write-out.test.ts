import { execFileSync } from "node:child_process";
import { lstatSync } from "node:fs";
import { mkdir, mkdtemp, readdir, readFile, rm, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterEach, beforeEach, expect, it } from "vitest";
import { findRepository } from "../../../../src/platform/git/repository.js";
import { writeCommitFiles } from "../../../../src/run/base/write-out.js";

const { signal } = new AbortController();
let folder: string;
const top = (): string => join(folder, "checkout");
const copy = (): string => join(folder, "copy");
const git = (words: readonly string[], input = ""): string =>
  execFileSync("git", ["-c", "user.name=T", "-c", "user.email=t@example.com", ...words], {
    cwd: top(),
    input,
    encoding: "utf8",
    stdio: ["pipe", "pipe", "ignore"],
  }).trim();
const write = async (path: string, text: string): Promise<void> => {
  await mkdir(dirname(join(top(), path)), { recursive: true });
  await writeFile(join(top(), path), text);
};
const written = async (commit: string): Promise<void> => {
  await mkdir(copy());
  await writeCommitFiles((await findRepository(top(), signal))!, commit, copy());
};
/** A tree of objects made by hand, with names that git itself would not take. */
const treeOf = (...entries: readonly string[]): string => git(["mktree"], entries.join(""));

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "rollcall-write-out-"));
  await mkdir(top());
  git(["init", "-q"]);
});
afterEach(() => rm(folder, { recursive: true }));

it("writes what a commit holds, byte by byte, with the links between its files", async () => {
  await write("shared/rules.yaml", "rules: 1\r\n\u00fc\n");
  await write("data.csv", "email\n");
  await write(".gitattributes", "*.yaml text eol=lf working-tree-encoding=UTF-16\n");
  await mkdir(join(top(), "lists"));
  await symlink("../shared/rules.yaml", join(top(), "lists/rules.yaml"));
  await symlink("../shared", join(top(), "lists/parts"));
  await symlink("/usr", join(top(), "lists/usr"));
  const blob = git(["hash-object", "-w", "--no-filters", "shared/rules.yaml"]);
  git(["add", "lists", "data.csv"]);
  git(["update-index", "--add", "--cacheinfo", `100755,${blob},shared/rules.yaml`]);
  git(["commit", "-qm", "all"]);
  await written("HEAD");
  for (const path of ["shared/rules.yaml", "lists/rules.yaml", "lists/parts/rules.yaml"])
    expect(await readFile(join(copy(), path), "utf8")).toBe("rules: 1\r\n\u00fc\n");
  expect((await readdir(copy())).sort()).toEqual(["lists", "shared"]);
  expect((await readdir(join(copy(), "lists"))).sort()).toEqual(["parts", "rules.yaml"]);
  expect(lstatSync(join(copy(), "shared/rules.yaml")).mode & 0o777).toBe(0o600);
});

it("refuses what it cannot write, instead of leaving out what may be a rule", async () => {
  await write("rules.yaml", "evil: true\n");
  const blob = git(["hash-object", "-w", "rules.yaml"]);
  const target = git(["hash-object", "-w", "--stdin"], "../../outside");
  const inner = treeOf(`100644 blob ${blob}\trules.yaml\n`);
  for (const [tree, why] of [
    [treeOf(`040000 tree ${inner}\t..\n`), /"..\/rules.yaml", which is not a name/],
    [treeOf(`120000 blob ${target}\trules.yaml\n`), /"rules.yaml", a link that leads out/],
    // A folder and a link of one name: nothing is written through the link.
    [treeOf(`120000 blob ${target}\tlists\n`, `040000 tree ${inner}\tlists\n`), undefined],
    [
      treeOf(`100644 blob ${blob}\tr.yaml\n`, `100644 blob ${blob}\tr.yaml\n`),
      /"r.yaml" beside another name/,
    ],
  ] as const) {
    const commit = git(["commit-tree", "-m", "x", tree]);
    if (why === undefined) await written(commit);
    else
      await expect(written(commit)).rejects.toMatchObject({
        kind: "invalid",
        message: expect.stringMatching(why) as unknown,
      });
    expect((await readdir(folder)).sort()).toEqual(["checkout", "copy"]);
    await rm(copy(), { recursive: true });
  }
});
