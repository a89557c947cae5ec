import { existsSync } from "node:fs";
import { rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { commentMarker } from "../../src/report/markdown/plan-markdown.js";
import { GitLab, TOKEN } from "../support/ci/gitlab.js";
import { bring, hostileBranches, mergedForgeries } from "../support/ci/hostile-branch.js";
import { INSTALL, Machine, type Outcome } from "../support/ci/machine.js";
import { expandedPipeline, jobsIn, type PipelineJob } from "../support/ci/pipeline.js";
import { Team } from "../support/ci/team.js";
import { FULL } from "../support/full.js";
import { BREVO_KEY } from "../support/project.js";

/** The pipeline that `init --ci gitlab` writes, run job by job on machines that share git, the state and the forge. */
describe("the pipeline for GitLab", () => {
  let team: Team;
  let gitlab: GitLab;
  let jobs: Readonly<Record<string, PipelineJob>>;

  beforeAll(async () => {
    team = await Team.open("gitlab");
    gitlab = await GitLab.start();
    const { clone } = team.repository;
    await writeFile(join(clone, ".gitlab-ci.yml"), "include: [{local: .gitlab/rollcall.yml}]\n");
    team.repository.push("main", "Begin");
    jobs = await expandedPipeline(clone);
    await rm(join(clone, ".gitlab-ci-local"), { recursive: true, force: true });
  });
  afterAll(async () => {
    await gitlab.stop();
    await team.close();
  });

  const MERGE_REQUEST = {
    CI_PIPELINE_SOURCE: "merge_request_event",
    CI_MERGE_REQUEST_IID: "3",
    CI_MERGE_REQUEST_PROJECT_ID: "42",
    CI_MERGE_REQUEST_SOURCE_PROJECT_ID: "42",
    CI_MERGE_REQUEST_TARGET_BRANCH_NAME: "main",
    CI_MERGE_REQUEST_TARGET_BRANCH_PROTECTED: "true",
  };

  const run = async (
    name: string,
    pipeline: number,
    commit: string,
    variables: Readonly<Record<string, string>>,
  ): Promise<Outcome> => {
    const machine = await Machine.start(INSTALL);
    try {
      if (jobs[name]!.variables?.["GIT_STRATEGY"] !== "none")
        team.repository.checkOut(machine.workspace, commit);
      return await gitlab.run(machine, jobs[name]!, pipeline, {
        CI_COMMIT_SHA: commit,
        ENVIRONMENT: "production",
        ROLLCALL_GITLAB_TOKEN: TOKEN,
        BREVO_API_KEY: BREVO_KEY,
        ...variables,
      });
    } finally {
      await machine.stop();
    }
  };

  /** Pushes to the merge request, plans and writes the note; returns the pipeline. */
  const planned = async (where: string): Promise<number> => {
    await team.segment(where);
    const commit = team.repository.push("wider", where);
    const pipeline = gitlab.addPipeline("merge_request_event", commit);
    gitlab.request.sha = commit;
    const plan = await run("rollcall:plan", pipeline, commit, MERGE_REQUEST);
    expect(plan.code, plan.log).toBe(0);
    const comment = await run("rollcall:comment", pipeline, commit, MERGE_REQUEST);
    expect(comment.code, comment.log).toBe(0);
    return pipeline;
  };

  it("plans a merge request in one note, asks for an approval, and applies that very plan after the merge", async () => {
    gitlab.addNote(`${commentMarker("production")}\nI am Mallory.`, 9);
    const first = await planned("email <> 'carla@example.com'");
    expect(gitlab.notes[1]!.body).toContain("2 to add");
    const second = await planned("true");
    expect(gitlab.notes.map(({ body }) => body.split("\n", 1)[0])).toEqual([
      commentMarker("production"),
      commentMarker("production"),
    ]);
    expect(gitlab.notes[0]!.body).toContain("I am Mallory.");
    expect(gitlab.notes[1]!.body).toContain("3 to add");
    expect(gitlab.notes[1]!.body).not.toMatch(/(?:anna|ben|carla)@/);

    await team.people("anna", "ben", "carla", "dora");
    const commit = team.repository.merge("wider");
    const pushed = { CI_PIPELINE_SOURCE: "push", CI_COMMIT_BRANCH: "main" };
    const early = await run("rollcall:apply", 1, commit, pushed);
    expect([early.code, early.log]).toEqual([
      1,
      expect.stringContaining("no merge request into main brought this commit"),
    ]);
    Object.assign(gitlab.request, { state: "merged", merge_commit_sha: commit });

    for (const pipeline of [first, second])
      gitlab.addNote(
        await team.approval(join(gitlab.artefacts(pipeline), "rollcall-plan/production/plan.json")),
        7,
      );
    // A passer-by posts one that would be refused.
    gitlab.addNote(gitlab.notes.at(-1)!.body.replace("BEGIN SSH", "BEGIN XXX"), 9);
    gitlab.addPipeline("push", commit);
    const applied = await run("rollcall:apply", 2, commit, pushed);
    expect(applied.code, applied.log).toBe(0);
    expect(await team.members()).toEqual(["anna@example.com", "ben@example.com", "carla@example.com"]);

    if (!FULL) return;
    const again = await run("rollcall:apply", 2, commit, pushed);
    expect(again.code, again.log).not.toBe(0);
    expect(again.log).toMatch(/^(?:Stale|Refused): /m);
    expect(again.log).not.toContain(BREVO_KEY);
  });

  it.runIf(FULL)("validates and tests, applies what is due, and warns of drift", async () => {
    const commit = team.repository.push("main", "Nothing");
    const check = await run("rollcall:check", 10, commit, {
      ...MERGE_REQUEST,
      CI_MERGE_REQUEST_SOURCE_PROJECT_ID: "43",
    });
    expect(check.code, check.log).toBe(0);
    expect(check.log).toContain("1 case");
    expect(check.log).toContain("not planned");
    const scheduled = { CI_PIPELINE_SOURCE: "schedule", CI_COMMIT_BRANCH: "main" };
    expect((await run("rollcall:due", 11, commit, scheduled)).code).toBe(0);
    await team.remote.addStranger("zoe@example.com", [team.list]);
    const drift = await run("rollcall:drift", 12, commit, scheduled);
    expect(drift.code, drift.log).toBe(2);
    expect(drift.log).not.toContain("zoe@example.com");
  });

  const mark = (): string => join(team.project.folder, "ran");
  /** Notes on the plan of production by the bot. */
  const posted = (): string[] =>
    gitlab.notes
      .filter(({ author, body }) => author.id === 1 && body.startsWith(commentMarker("production")))
      .map(({ body }) => body);

  it.each(
    hostileBranches("/dev/full")
      .slice(0, FULL ? undefined : 2)
      .map(({ name }, index) => [name, index] as const),
  )("posts what was planned, or that nothing was, when a branch brings %s", async (_, index) => {
    await bring(team.repository.clone, hostileBranches(mark())[index]!);
    await planned("email = 'ben@example.com'");
    expect(posted()).toEqual([expect.stringContaining("Rollcall plan for production")]);
    // One whose plan fails before anything was written.
    await bring(team.repository.clone, hostileBranches(mark())[index]!);
    await writeFile(join(team.repository.clone, "exports.config.yaml"), "version: 2\n");
    const commit = team.repository.push("hostile", "Break it");
    const pipeline = gitlab.addPipeline("merge_request_event", commit);
    expect((await run("rollcall:plan", pipeline, commit, MERGE_REQUEST)).code).not.toBe(0);
    const comment = await run("rollcall:comment", pipeline, commit, MERGE_REQUEST);
    expect(comment.code, comment.log).toBe(0);
    expect(posted()).toEqual([expect.stringContaining("There is no Rollcall plan for production")]);
    expect(existsSync(mark())).toBe(false);
  });

  it.each([
    ["goes to another branch than main", { CI_MERGE_REQUEST_TARGET_BRANCH_NAME: "mine" }],
    ["goes to main that nobody protects", { CI_MERGE_REQUEST_TARGET_BRANCH_PROTECTED: "false" }],
  ])("plans nothing that %s", async (_, variables) => {
    const commit = team.repository.push("wider", "Again");
    const plan = await run("rollcall:plan", 20, commit, { ...MERGE_REQUEST, ...variables });
    expect([plan.code, plan.log]).toEqual([
      1,
      expect.stringContaining("Not planned: only a merge request into main"),
    ]);
  });

  it("applies the plan of the merge request, whatever the branch brought and other pipelines are", async () => {
    await bring(team.repository.clone, mergedForgeries(mark()));
    await planned("email in ('anna@example.com', 'ben@example.com', 'carla@example.com', 'zoe@example.com')");
    const commit = team.repository.merge("wider");
    const pushed = { CI_PIPELINE_SOURCE: "push", CI_COMMIT_BRANCH: "main" };
    const { sha } = gitlab.request;
    Object.assign(gitlab.request, { state: "merged", merge_commit_sha: commit, target_branch: "mine" });
    const elsewhere = await run("rollcall:apply", 1, commit, pushed);
    expect(elsewhere.log).toContain("no merge request into main brought this commit");
    Object.assign(gitlab.request, { target_branch: "main", sha: "0".repeat(40) });
    const older = await run("rollcall:apply", 1, commit, pushed);
    expect(older.log).toContain("the last pipeline of !3 is not of its last commit");
    Object.assign(gitlab.request, { sha });
    gitlab.addPipeline("merge_request_event", sha, 43);
    const applied = await run("rollcall:apply", 2, commit, pushed);
    expect([elsewhere.code, older.code, applied.code], applied.log).toEqual([1, 1, 0]);
    expect(existsSync(mark())).toBe(false);
  });

  it("has the jobs that each kind of pipeline needs, and no others", async () => {
    const { clone } = team.repository;
    const branch = { CI_COMMIT_BRANCH: "main" };
    const inAll = (...names: string[]): string[] =>
      names.flatMap((name) => [`${name}: [production]`, `${name}: [staging]`]);
    const names = async (variables: Readonly<Record<string, string>>): Promise<string[]> =>
      Object.keys(await jobsIn(clone, variables)).sort();
    expect(await names(MERGE_REQUEST)).toEqual(
      [...inAll("rollcall:plan"), "rollcall:check", "rollcall:comment"].sort(),
    );
    expect(await names({ ...MERGE_REQUEST, CI_MERGE_REQUEST_SOURCE_PROJECT_ID: "43" })).toEqual([
      "rollcall:check",
    ]);
    const others = [
      { ...MERGE_REQUEST, CI_MERGE_REQUEST_TARGET_BRANCH_NAME: "mine" },
      { CI_PIPELINE_SOURCE: "web", CI_COMMIT_BRANCH: "mine" },
      { CI_PIPELINE_SOURCE: "push", CI_COMMIT_BRANCH: "mine" },
      { CI_PIPELINE_SOURCE: "schedule", CI_COMMIT_BRANCH: "mine", ROLLCALL_JOB: "due" },
    ];
    for (const other of others.slice(0, FULL ? undefined : 2))
      expect((await names(other)).filter((name) => name !== "rollcall:check")).toEqual([]);
    expect(await names({ ...branch, CI_PIPELINE_SOURCE: "push" })).toEqual(inAll("rollcall:apply"));
    expect(await jobsIn(clone, { ...branch, CI_PIPELINE_SOURCE: "web" })).toMatchObject({
      "rollcall:plan: [production]": "on_success",
      "rollcall:apply: [production]": "manual",
    });
    expect(await names({ ...branch, CI_PIPELINE_SOURCE: "schedule", ROLLCALL_JOB: "due" })).toEqual(
      inAll("rollcall:due"),
    );
  });
});
