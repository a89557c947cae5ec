import { execFileSync } from "node:child_process";
import { mkdir, open, readdir, readFile, readlink, stat, symlink, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, it, onTestFinished } from "vitest";
import { FileFault } from "../../../../src/platform/files/file-fault.js";
import {
  mustStayInside,
  openOutput,
  writeNewFile,
  writeOutput,
  type OutputOptions,
} from "../../../../src/platform/files/write-output.js";
import { asNobody, folderElsewhere } from "../../../support/hostile-files.js";

type Write = (named: string, text: string, options: OutputOptions) => Promise<void>;

const WAYS: readonly [string, Write][] = [
  ["written whole", writeOutput],
  [
    "written as it happens",
    async (named, text, options) => {
      const output = await openOutput(named, options);
      output.write(text.slice(0, 2));
      output.write(text.slice(2));
      output.close();
    },
  ],
];

async function faultOf(work: Promise<unknown>): Promise<string> {
  const error = await work.then(
    () => new Error("it went well"),
    (reason: unknown) => reason,
  );
  if (!(error instanceof FileFault)) throw error;
  return error.why;
}

/** A checkout and a file elsewhere that nobody may change. */
async function checkout(): Promise<{ cwd: string; elsewhere: string; victim: string }> {
  const [cwd, elsewhere] = [await folderElsewhere(), await folderElsewhere()];
  const victim = join(elsewhere, "bashrc");
  await writeFile(victim, "before", { mode: 0o640 });
  await mkdir(join(cwd, ".git"));
  return { cwd, elsewhere, victim };
}

describe.each(WAYS)("an output that is %s", (_name, write) => {
  it("takes the place of a link, wherever that leads", async () => {
    const { cwd, victim } = await checkout();
    for (const target of [victim, "/not/there", "/dev/null", "/proc/self/environ", "comment.md", "."]) {
      await symlink(target, join(cwd, "comment.md"));
      await write("comment.md", "after", { cwd });
      expect(await readFile(join(cwd, "comment.md"), "utf8")).toBe("after");
      await expect(readlink(join(cwd, "comment.md"))).rejects.toThrow("EINVAL");
      execFileSync("rm", [join(cwd, "comment.md")]);
    }
    expect(await readFile(victim, "utf8")).toBe("before");
    expect((await stat(victim)).mode & 0o777).toBe(0o640);
    expect(await readdir(cwd)).toEqual([".git"]);
  });

  it("goes through no folder of the checkout that leads out of it, or among git's files", async () => {
    const { cwd, elsewhere } = await checkout();
    await symlink(elsewhere, join(cwd, "out"));
    await symlink("/not/there", join(cwd, "nowhere"));
    await symlink(".git", join(cwd, "git"));
    await mkdir(join(cwd, "real"));
    await symlink("real", join(cwd, "linked"));
    for (const named of ["out/a.md", "nowhere/a.md", "git/a.md", "out/sub/a.md", join(cwd, "out/a.md")])
      expect(await faultOf(write(named, "after", { cwd })), named).toContain("leads out of the checkout");
    expect(await readdir(elsewhere)).toEqual(["bashrc"]);
    expect(await readdir(join(cwd, ".git"))).toEqual([]);
    await write("linked/a.md", "after", { cwd });
    expect(await readFile(join(cwd, "real/a.md"), "utf8")).toBe("after");
  });

  it("is held back where there is no repository, too", async () => {
    const { elsewhere } = await checkout();
    const cwd = await folderElsewhere();
    await symlink(elsewhere, join(cwd, "out"));
    expect(await faultOf(write("out/a.md", "after", { cwd }))).toContain("leads out of the checkout");
  });

  it("goes where the command says in full, and keeps the mode of a file that was there", async () => {
    const { cwd, elsewhere, victim } = await checkout();
    await write(join(elsewhere, "fresh"), "after", { cwd, mode: 0o600 });
    expect((await stat(join(elsewhere, "fresh"))).mode & 0o777).toBe(0o600);
    await write(victim, "after", { cwd });
    expect(await readFile(victim, "utf8")).toBe("after");
    expect((await stat(victim)).mode & 0o777).toBe(0o640);
    await write(victim, "again", { cwd, mode: 0o600 });
    expect((await stat(victim)).mode & 0o777).toBe(0o600);
  });

  it("is written to devices, pipes and descriptors that the command names, and to none of the checkout", async () => {
    const { cwd, elsewhere } = await checkout();
    await write("/dev/null", "after", { cwd });
    for (const folder of [elsewhere, cwd]) execFileSync("mkfifo", [join(folder, "pipe")]);
    expect(await faultOf(write(join(elsewhere, "pipe"), "after", { cwd }))).toBe(
      "is a pipe that nobody reads",
    );
    expect(await faultOf(write("pipe", "after", { cwd }))).toBe("is a named pipe and not a file");
    // Read and write, so that it does not wait for somebody else.
    const reader = await open(join(elsewhere, "pipe"), "r+");
    await write(join(elsewhere, "pipe"), "after", { cwd });
    expect((await reader.read(Buffer.alloc(9), 0, 9)).buffer.toString("utf8", 0, 5)).toBe("after");
    await reader.close();
    const file = await open(join(elsewhere, "redirected"), "w");
    await file.write("first ");
    await write(`/dev/fd/${file.fd}`, "after", { cwd });
    await file.write(" last");
    await file.close();
    expect(await readFile(join(elsewhere, "redirected"), "utf8")).toBe("first after last");
  });

  it("reports what is in its way", async () => {
    const { cwd } = await checkout();
    await mkdir(join(cwd, "folder"));
    expect(await faultOf(write("folder", "after", { cwd }))).toBe("is a folder and not a file");
    expect(await faultOf(write("no/such/a.md", "after", { cwd }))).toBe("cannot be written (ENOENT)");
    expect(await faultOf(write("/dev/fd/9999", "after", { cwd }))).toBe("cannot be written (EBADF)");
  });

  it("is written in place where the folder takes no new file", async () => {
    const cwd = await folderElsewhere();
    await writeFile(join(cwd, "a.md"), "something longer", { mode: 0o666 });
    execFileSync("chmod", ["666", join(cwd, "a.md")]);
    execFileSync("chmod", ["555", cwd]);
    onTestFinished(() => void execFileSync("chmod", ["755", cwd]));
    await asNobody(() => write("a.md", "after", { cwd }));
    expect(await readFile(join(cwd, "a.md"), "utf8")).toBe("after");
    expect(await faultOf(asNobody(() => write("b.md", "after", { cwd })))).toBe("cannot be written (EACCES)");
  });
});

it("a new file replaces nothing, not even a link that leads nowhere", async () => {
  const { cwd, elsewhere, victim } = await checkout();
  await symlink(victim, join(cwd, "proof.json"));
  await symlink(join(elsewhere, "made"), join(cwd, "nowhere.json"));
  await symlink(elsewhere, join(cwd, "out"));
  for (const named of ["proof.json", "nowhere.json"])
    expect(await faultOf(writeNewFile(named, "after", { cwd }))).toBe("is already there");
  expect(await faultOf(writeNewFile("out/a.json", "after", { cwd }))).toContain("leads out of");
  expect(await readdir(elsewhere)).toEqual(["bashrc"]);
  expect(await readFile(victim, "utf8")).toBe("before");
  await expect(mustStayInside(join(cwd, "out/deep"), cwd)).rejects.toThrow("leads out of");
  await mustStayInside(elsewhere, cwd);
});
