import { execFileSync } from "node:child_process";
import { existsSync } from "node:fs";
import { chmod, mkdir, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { CI_SYSTEMS } from "../../src/usecases/init/ci-files.js";
import { type InstallStep, installSteps } from "../support/ci/install-step.js";
import { writeInstalledFrom } from "../support/ci/installed.js";
import { Machine, type Outcome } from "../support/ci/machine.js";
import { Repository } from "../support/ci/repository.js";
import { FULL } from "../support/full.js";

/** How each job installs Rollcall, by the real npm, in checkouts of branches that bring packages and settings of their own. */
let root: string;
let repository: Repository;
const heads = new Map<string, string>();
const marker = (): string => join(root, "ran");

beforeAll(async () => {
  root = await mkdtemp(join(tmpdir(), "rollcall-install-"));
  repository = await Repository.create();
  const { clone } = repository;
  await writeFile(join(clone, "README"), "");
  heads.set("empty", repository.push("main", "Begin"));
  await writeInstalledFrom(clone, await archive("the team's own"));
  heads.set("main", repository.push("main", "Pin it"));
  await writeFile(join(clone, "rollcall.tgz"), await archive("somebody else's"));
  heads.set("other", repository.push("other", "Put another package under the lock"));
  execFileSync("git", ["switch", "--quiet", "main"], { cwd: clone });
  // What a branch brings.
  await writeInstalledFrom(clone, await archive("the branch's"));
  const evil = `touch ${marker()}`;
  const run = `#!/bin/sh\n${evil}\necho "the branch's"\n`;
  const files = {
    "package.json": JSON.stringify({
      scripts: Object.fromEntries(
        ["preinstall", "install", "postinstall", "prepare"].map((name) => [name, evil]),
      ),
      dependencies: { rollcall: "file:rollcall.tgz" },
      workspaces: ["evil"],
    }),
    ".npmrc": `registry=http://127.0.0.1:9/\nignore-scripts=false\nscript-shell=${join(root, "evil.sh")}\nprefix=.\nnode-options=--require ./evil.js\n`,
    "evil.js": `require("node:fs").writeFileSync(${JSON.stringify(marker())}, "");`,
    ".nvmrc": "0.10\n",
    ".node-version": "0.10\n",
    ...Object.fromEntries(
      ["rollcall", "npm", "node", "git"].flatMap((name) => [
        [`node_modules/.bin/${name}`, run],
        [`bin/${name}`, run],
        [name, run],
      ]),
    ),
  };
  for (const [path, text] of Object.entries(files)) {
    await mkdir(dirname(join(clone, path)), { recursive: true });
    await writeFile(join(clone, path), text);
    await chmod(join(clone, path), 0o755);
  }
  await writeFile(join(root, "evil.sh"), run, { mode: 0o755 });
  heads.set("branch", repository.push("change", "Bring a package"));
  // Git looks at tags before it looks at branches of the remote.
  for (const tag of ["main", "origin/main", "refs/remotes/origin/main"])
    execFileSync("git", ["tag", tag, "change"], { cwd: clone });
  execFileSync("git", ["push", "--quiet", "--tags", "origin"], { cwd: clone, stdio: "ignore" });
});
afterAll(async () => {
  await repository.remove();
  await rm(root, { recursive: true, force: true });
});

/** An archive with a program that says whose it is, and scripts that leave a mark. */
async function archive(whose: string): Promise<Buffer> {
  const folder = join(root, whose, "package");
  const manifest = {
    name: "rollcall",
    version: "0.1.0",
    bin: { rollcall: "dist/cli/main.js" },
    scripts: { postinstall: `touch ${marker()}` },
  };
  await mkdir(join(folder, "dist/cli"), { recursive: true });
  await writeFile(join(folder, "package.json"), JSON.stringify(manifest));
  await writeFile(
    join(folder, "dist/cli/main.js"),
    `#!/usr/bin/env node\nconsole.log(${JSON.stringify(whose)});\n`,
  );
  execFileSync("tar", ["-czf", "rollcall.tgz", "package"], { cwd: join(root, whose) });
  return readFile(join(root, whose, "rollcall.tgz"));
}

/** Runs the step where the system runs it, then the command that it installed, as the next step does. */
async function installed({ script, env }: InstallStep, checkOut: (folder: string) => void): Promise<Outcome> {
  const machine = await Machine.start(undefined);
  try {
    checkOut(machine.workspace);
    const path = join(machine.temp, "path");
    const given = { ...env, RUNNER_TEMP: machine.temp, AGENT_TEMPDIRECTORY: machine.temp, GITHUB_PATH: path };
    const first = await machine.bash(`${script}\ncommand -v rollcall > "$HOME/found" || true\n`, given);
    if (first.code !== 0) return first;
    const folders = existsSync(path) ? await readFile(path, "utf8") : "";
    const named = /##vso\[task\.prependpath\](.*)/.exec(first.log)?.[1] ?? folders.trim();
    machine.prepend(
      named === "" ? dirname((await readFile(join(machine.temp, "found"), "utf8")).trim()) : named,
    );
    return await machine.bash("rollcall", {});
  } finally {
    await machine.stop();
  }
}

describe.each(CI_SYSTEMS)("the jobs of %s", (system) => {
  let steps: readonly InstallStep[];
  beforeAll(async () => {
    const all = await installSteps(system);
    // Those of one kind have the same script.
    const kind = ({ script, forChanges }: InstallStep): string => `${forChanges} ${script}`;
    steps = FULL ? all : [...new Map(all.map((step) => [kind(step), step])).values()];
    expect(steps.length).toBeGreaterThan(1);
  });
  const main = (folder: string): void => repository.checkOut(folder, heads.get("main")!);
  const change = (folder: string): void => repository.checkOutMerge(folder, heads.get("branch")!);

  it("install what the branch pins, whatever a pull request brings, and run no script", async () => {
    await rm(marker(), { force: true });
    for (const step of steps) {
      const { code, log } = await installed(step, step.forChanges ? change : main);
      expect([step.job, code, log]).toEqual([step.job, 0, "the team's own\n"]);
    }
    expect(existsSync(marker())).toBe(false);
  });

  it("refuse a package with another hash before anything of it is there", async () => {
    repository.resetMain(heads.get("other")!);
    try {
      for (const step of steps) {
        const { code, log } = await installed(step, (folder) =>
          repository.checkOut(folder, heads.get("other")!),
        );
        expect([step.job, code === 0, log]).toEqual([step.job, false, expect.stringContaining("EINTEGRITY")]);
        expect(log).not.toContain("somebody else's\n");
      }
      expect(existsSync(marker())).toBe(false);
    } finally {
      repository.resetMain(heads.get("main")!);
    }
  });

  it("name what is missing, and take nothing from the pull request in its place", async () => {
    repository.resetMain(heads.get("empty")!);
    try {
      for (const step of steps) {
        const { code, log } = await installed(step, (folder) =>
          step.forChanges ? change(folder) : repository.checkOut(folder, heads.get("empty")!),
        );
        expect([step.job, code]).toEqual([step.job, 1]);
        expect(log).toContain("has no package.json. What Rollcall is installed from has to be merged first.");
      }
    } finally {
      repository.resetMain(heads.get("main")!);
    }
  });
});

it("a plan or apply without a merge request needs the package on the branch (GitLab)", async () => {
  const [, pushed] = await installSteps("gitlab");
  const outcome = await installed(pushed!, (folder) => repository.checkOut(folder, heads.get("branch")!));
  expect([outcome.code, outcome.log]).toEqual([1, expect.stringContaining("This commit is not on main")]);
});
