import { existsSync } from "node:fs";
import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { commentMarker } from "../../src/report/markdown/plan-markdown.js";
import { AzureDevOps } from "../support/ci/azure.js";
import { type AzureStage, azureStages, holds } from "../support/ci/azure-pipeline.js";
import { bring, hostileBranches, mergedForgeries } from "../support/ci/hostile-branch.js";
import { INSTALL, Machine, type Outcome } from "../support/ci/machine.js";
import { Team } from "../support/ci/team.js";
import { CAN_ZIP } from "../support/ci/zip.js";
import { FULL } from "../support/full.js";
import { BREVO_KEY } from "../support/project.js";

/** The pipeline that `init --ci azure` writes, run job by job on machines that share git, the state and the forge. */
describe.skipIf(!CAN_ZIP)(`the pipeline for Azure${CAN_ZIP ? "" : " (zip and unzip are not here)"}`, () => {
  let team: Team;
  let azure: AzureDevOps;
  let stages: readonly AzureStage[];

  beforeAll(async () => {
    team = await Team.open("azure");
    azure = await AzureDevOps.start();
    team.repository.push("main", "Begin");
    stages = azureStages(await readFile(join(team.repository.clone, "azure-pipelines-rollcall.yml"), "utf8"));
  });
  afterAll(async () => {
    await azure.stop();
    await team.close();
  });

  const PULL_REQUEST = {
    "Build.Reason": "PullRequest",
    "System.PullRequest.PullRequestId": "5",
    "System.PullRequest.TargetBranch": "refs/heads/main",
    "System.PullRequest.IsFork": "False",
  };

  /** The job of the environment `production` in a stage. */
  const run = async (
    name: string,
    build: number,
    commit: string,
    variables: Readonly<Record<string, string>>,
  ): Promise<Outcome> => {
    const [job] = stages.find(({ stage }) => stage === name)!.jobs;
    const machine = await Machine.start(INSTALL);
    const given = {
      "Build.SourceBranch": "refs/heads/main",
      "Build.SourceVersion": commit,
      BREVO_API_KEY: BREVO_KEY,
      ...variables,
    };
    try {
      return await azure.run(machine, job!.steps, build, given, (folder) =>
        variables["Build.Reason"] === "PullRequest"
          ? team.repository.checkOutMerge(folder, commit)
          : team.repository.checkOut(folder, commit),
      );
    } finally {
      await machine.stop();
    }
  };

  /** Pushes to the pull request, plans and writes the thread; returns the build. */
  const planned = async (where: string): Promise<number> => {
    await team.segment(where);
    const commit = team.repository.push("wider", where);
    azure.request.lastMergeSourceCommit.commitId = commit;
    const build = azure.addBuild(commit);
    for (const stage of ["plan", "comment"]) {
      const outcome = await run(stage, build, commit, PULL_REQUEST);
      expect(outcome.code, outcome.log).toBe(0);
    }
    return build;
  };
  /** First comments of the threads on the plan of production, whoever wrote them. */
  const about = (): string[] =>
    azure.threads
      .map(({ comments }) => comments[0]!.content)
      .filter((content) => content.startsWith(commentMarker("production")));

  it("plans a pull request in one thread, asks for an approval, and applies that very plan after the merge", async () => {
    azure.addThread(`${commentMarker("production")}\nI am Mallory.`, "mallory");
    await planned("email <> 'carla@example.com'");
    expect(about()[1]).toContain("2 to add");
    const build = await planned("true");
    expect(about()).toEqual([expect.stringContaining("I am Mallory."), expect.stringContaining("3 to add")]);

    await team.people("anna", "ben", "carla", "dora");
    const commit = team.repository.merge("wider");
    const merged = { "Build.Reason": "IndividualCI" };
    const early = await run("apply", 1, commit, merged);
    expect([early.code, early.log]).toEqual([
      1,
      expect.stringContaining("No pull request into main brought this commit"),
    ]);
    azure.request.status = "completed";
    azure.mergedAs = commit;
    azure.addThread(
      await team.approval(join(azure.artefact(build, "rollcall-plan-production"), "plan.json")),
      "anna",
    );
    const applied = await run("apply", 2, commit, merged);
    expect(applied.code, applied.log).toBe(0);
    expect(await team.members()).toEqual(["anna@example.com", "ben@example.com", "carla@example.com"]);

    if (!FULL) return;
    const again = await run("apply", 2, commit, merged);
    expect(again.code, again.log).not.toBe(0);
    expect(again.log).toMatch(/##vso\[task.logissue type=error\](?:Stale|Refused)/);
    expect(again.log).not.toMatch(new RegExp(`${BREVO_KEY}|(?:anna|ben|carla)@`));
  });

  it.runIf(FULL)("validates and tests, applies what is due, and warns of drift", async () => {
    const commit = team.repository.push("main", "Nothing");
    const check = await run("check", 10, commit, { ...PULL_REQUEST, "System.PullRequest.IsFork": "True" });
    expect(check.code, check.log).toBe(0);
    expect(check.log).toContain("1 case");
    expect(check.log).toContain("not planned");
    const scheduled = (name: string): Record<string, string> => ({
      "Build.Reason": "Schedule",
      "Build.CronSchedule.DisplayName": name,
    });
    const due = await run("schedule", 11, commit, scheduled("due"));
    expect(due.code, due.log).toBe(0);
    await team.remote.addStranger("zoe@example.com", [team.list]);
    const drift = await run("schedule", 12, commit, scheduled("drift"));
    expect(drift.code, drift.log).toBe(0);
    expect(drift.log).toContain("##vso[task.complete result=SucceededWithIssues;]");
    expect(drift.log).not.toContain("zoe@example.com");
  });

  const mark = (): string => join(team.project.folder, "ran");

  it.each(
    hostileBranches("/dev/full")
      .slice(0, FULL ? undefined : 1)
      .map(({ name }, index) => [name, index] as const),
  )("posts what was planned, or that nothing was, when a branch brings %s", async (_, index) => {
    await bring(team.repository.clone, hostileBranches(mark())[index]!);
    await planned("email = 'ben@example.com'");
    expect(about().at(-1)).toContain("Rollcall plan for production");
    // One whose plan fails before anything was written.
    await bring(team.repository.clone, hostileBranches(mark())[index]!);
    await writeFile(join(team.repository.clone, "exports.config.yaml"), "version: 2\n");
    const commit = team.repository.push("hostile", "Break it");
    const build = azure.addBuild(commit);
    expect((await run("plan", build, commit, PULL_REQUEST)).code).not.toBe(0);
    const comment = await run("comment", build, commit, PULL_REQUEST);
    expect(comment.code, comment.log).toBe(0);
    expect(about().at(-1)).toContain("There is no Rollcall plan for production");
    expect(existsSync(mark())).toBe(false);
  });

  it("plans nothing that goes to another branch than main", async () => {
    const commit = team.repository.push("wider", "Again");
    const target = { "System.PullRequest.TargetBranch": "refs/heads/mine" };
    const plan = await run("plan", 20, commit, { ...PULL_REQUEST, ...target });
    expect([plan.code, plan.log]).toEqual([
      1,
      expect.stringContaining("Only main and pull requests into it are"),
    ]);
  });

  it("applies the plan of the pull request, whatever the branch brought", async () => {
    await bring(team.repository.clone, mergedForgeries(mark()));
    await planned("email in ('anna@example.com', 'ben@example.com', 'carla@example.com', 'zoe@example.com')");
    const commit = team.repository.merge("wider");
    azure.mergedAs = commit;
    Object.assign(azure.request, { status: "completed", targetRefName: "refs/heads/mine" });
    const merged = { "Build.Reason": "IndividualCI" };
    const refused = await run("apply", 1, commit, merged);
    expect([refused.code, refused.log]).toEqual([
      1,
      expect.stringContaining("No pull request into main brought this commit"),
    ]);
    expect(refused.log).not.toContain("Apply complete");
    Object.assign(azure.request, { targetRefName: "refs/heads/main" });
    const applied = await run("apply", 2, commit, merged);
    expect(applied.code, applied.log).toBe(0);
    expect(existsSync(mark())).toBe(false);
  });

  it("has the stages that each kind of build needs, and no others", () => {
    const inBuild = (variables: Readonly<Record<string, string>>): string[] => {
      const dependencies: Record<string, { result: string }> = {};
      for (const { stage, condition } of stages) {
        const result = holds(condition, { variables, dependencies }) ? "Succeeded" : "Skipped";
        dependencies[stage] = { result };
      }
      return stages.map(({ stage }) => stage).filter((stage) => dependencies[stage]?.result === "Succeeded");
    };
    expect(inBuild(PULL_REQUEST)).toEqual(["check", "plan", "comment"]);
    expect(inBuild({ ...PULL_REQUEST, "System.PullRequest.IsFork": "True" })).toEqual(["check"]);
    expect(inBuild({ ...PULL_REQUEST, "System.PullRequest.TargetBranch": "refs/heads/mine" })).toEqual([
      "check",
    ]);
    for (const reason of ["IndividualCI", "Manual", "Schedule"])
      expect(inBuild({ "Build.SourceBranch": "refs/heads/mine", "Build.Reason": reason })).toEqual([]);
    const branch = { "Build.SourceBranch": "refs/heads/main" };
    expect(inBuild({ ...branch, "Build.Reason": "IndividualCI" })).toEqual(["apply"]);
    expect(inBuild({ ...branch, "Build.Reason": "Manual" })).toEqual(["plan", "apply"]);
    expect(inBuild({ ...branch, "Build.Reason": "Schedule" })).toEqual(["schedule"]);
    expect(stages.flatMap(({ jobs }) => jobs.map(({ name }) => name))).toContain("apply_staging");
  });
});
