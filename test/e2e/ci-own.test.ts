import { cp, readdir, readFile, symlink, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { parse } from "yaml";
import { afterAll, beforeAll, expect, it } from "vitest";
import { GitHub, TOKEN } from "../support/ci/github.js";
import { Repository } from "../support/ci/repository.js";
import { type JobResult, runJob, type Workflow } from "../support/ci/workflow.js";
import { workflowFaults } from "../support/ci/workflow-faults.js";
import { project } from "../support/rollcall.js";
import { freePort } from "../support/started.js";

const FOLDER = join(project, ".github/workflows");
let port: string;
let repository: Repository;
let github: GitHub;
let workflow: Workflow;

beforeAll(async () => {
  port = String(await freePort());
  github = await GitHub.start();
  repository = await Repository.create();
  for (const path of ["examples/demo", "examples/generate-profiles.mjs", "examples/people.mjs", ".gitignore"])
    await cp(join(project, path), join(repository.clone, path), { recursive: true });
  await config((text) => text);
  repository.push("main", "Begin");
  workflow = parse(
    (await readFile(join(FOLDER, "rollcall.yaml"), "utf8")).replaceAll("8025", port),
  ) as Workflow;
});
afterAll(async () => {
  await github.stop();
  await repository.remove();
});

/** This repository's own config, with a free port for the sandbox. */
async function config(edit: (text: string) => string): Promise<void> {
  const text = (await readFile(join(project, "exports.config.yaml"), "utf8")).replaceAll("8025", port);
  await writeFile(join(repository.clone, "exports.config.yaml"), edit(text));
}

async function job(name: string, run: number, commit: string, from = "acme/lists"): Promise<JobResult> {
  const head = { repo: { full_name: from } };
  return runJob(workflow.jobs[name]!, "success", {
    contexts: {
      github: { repository: "acme/lists", token: TOKEN, event: { pull_request: { number: 7, head } } },
    },
    actions: {
      "actions/setup-node": () => Promise.resolve(),
      "actions/checkout": async (_, { workspace }) => {
        repository.checkOutMerge(workspace, commit);
        // What `npm ci` and the build would make.
        for (const made of ["node_modules", "dist", "schemas", "package.json"])
          await symlink(join(project, made), join(workspace, made));
      },
      "actions/upload-artifact": github.upload(run),
      "actions/download-artifact": github.download(run),
    },
    env: { ...github.env(run, "pull_request", commit), GITHUB_BASE_REF: "main" },
    npm: ["ci --ignore-scripts --no-audit --no-fund", "run --silent build"],
  });
}

it("this repository plans its own config on a pull request, in one comment", async () => {
  await config((text) => text.replace("'CH')", "'CH', 'NL')"));
  const commit = repository.push("wider", "Let the Dutch in");
  const run = github.addRun("rollcall.yaml", commit);
  const plan = await job("plan", run, commit);
  expect(plan.result, plan.log).toBe("success");
  expect(plan.summary).toMatch(/^\+ +where: country in \('DE', 'AT', 'CH', 'NL'\)$/m);
  for (const time of ["first", "second"]) {
    const comment = await job("comment", run, commit);
    expect([time, comment.result], comment.log).toEqual([time, "success"]);
    expect(github.comments.map(({ body }) => body)).toEqual([plan.summary]);
  }
  expect((await job("comment", 1, "", "mallory/lists")).result).toBe("skipped");
});

it("the workflows of this repository are sound to GitHub's own parser, and comment as those do that init writes", async () => {
  const texts = await Promise.all(
    (await readdir(FOLDER)).map((name) => readFile(join(FOLDER, name), "utf8")),
  );
  expect(texts.length).toBeGreaterThan(1);
  expect(workflowFaults(texts)).toEqual(texts.map(() => []));
  const template = await readFile(join(project, "templates/ci/github/workflows/rollcall-plan.yaml"), "utf8");
  const [, theirs] = [workflow, parse(template.replaceAll("__ENVIRONMENTS__", "default")) as Workflow].map(
    ({ jobs }) => jobs["comment"]!.steps,
  );
  expect(workflow.jobs["comment"]!.steps).toEqual(theirs);
});
