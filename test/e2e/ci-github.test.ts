import { existsSync } from "node:fs";
import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { commentMarker } from "../../src/report/markdown/plan-markdown.js";
import { GitHub, TOKEN } from "../support/ci/github.js";
import { bring, hostileBranches, mergedForgeries } from "../support/ci/hostile-branch.js";
import { INSTALL } from "../support/ci/machine.js";
import type { Repository } from "../support/ci/repository.js";
import { Team } from "../support/ci/team.js";
import { type JobResult, readWorkflow, runJob, type Workflow } from "../support/ci/workflow.js";
import { CAN_ZIP } from "../support/ci/zip.js";
import { FULL } from "../support/full.js";
import { BREVO_KEY } from "../support/project.js";

/** The workflows that `init --ci github` writes, run job by job on machines that share git, the state and the forge. */
describe.skipIf(!CAN_ZIP)(`the workflows for GitHub${CAN_ZIP ? "" : " (zip and unzip are not here)"}`, () => {
  let team: Team;
  let repository: Repository;
  let github: GitHub;

  beforeAll(async () => {
    team = await Team.open("github");
    ({ repository } = team);
    github = await GitHub.start();
    repository.push("main", "Begin");
  });
  afterAll(async () => {
    await github.stop();
    await team.close();
  });

  const workflow = (name: string): Promise<Workflow> =>
    readWorkflow(join(repository.clone, `.github/workflows/rollcall-${name}.yaml`));

  interface Occasion {
    readonly event: string;
    readonly run: number;
    readonly commit: string;
    readonly fork?: boolean;
    readonly needs?: JobResult;
    /** The branch that the pull request goes to; main without. */
    readonly base?: string;
  }

  const job = async (
    name: string,
    which: string,
    { event, run, commit, fork, needs, base = "main" }: Occasion,
  ): Promise<JobResult> => {
    const { jobs } = await workflow(name);
    const head = { repo: { full_name: fork === true ? "mallory/lists" : "acme/lists" } };
    return runJob(jobs[which]!, needs?.result === "failure" ? "failure" : "success", {
      contexts: {
        github: {
          event_name: event,
          repository: "acme/lists",
          token: TOKEN,
          ref: event === "pull_request" ? "refs/pull/7/merge" : "refs/heads/main",
          event: { pull_request: { number: 7, head } },
        },
        matrix: { environment: "production" },
        needs: {
          [needs === undefined
            ? "none"
            : (Object.keys(jobs)[Object.keys(jobs).indexOf(which) - 1] ?? "none")]: needs,
        },
        // A fork's pull request has none.
        secrets: fork === true ? {} : { BREVO_API_KEY: BREVO_KEY },
        vars: {},
      },
      actions: {
        "actions/setup-node": () => Promise.resolve(),
        "actions/checkout": async (_, { workspace }) =>
          event === "pull_request"
            ? repository.checkOutMerge(workspace, commit)
            : repository.checkOut(workspace, commit),
        "actions/upload-artifact": github.upload(run),
        "actions/download-artifact": github.download(run),
      },
      env: {
        ...github.env(run, event, commit),
        ...(event === "pull_request" ? { GITHUB_BASE_REF: base } : {}),
        GITHUB_ACTOR: "ben",
      },
      npm: INSTALL,
    });
  };
  /** Pushes to the pull request, plans and comments; returns the run. */
  const planned = async (where: string): Promise<number> => {
    await team.segment(where);
    const commit = repository.push("wider", where);
    github.pull.head.sha = commit;
    const run = github.addRun("rollcall-plan.yaml", commit);
    const occasion = { event: "pull_request", run, commit };
    const plan = await job("plan", "plan", occasion);
    expect(plan.result, plan.log).toBe("success");
    expect(plan.summary).toContain("Rollcall plan for production");
    const comment = await job("plan", "comment", { ...occasion, needs: plan });
    expect(comment.result, comment.log).toBe("success");
    return run;
  };

  /** Comments on the plan of production, whoever wrote them. */
  const about = (): string[] =>
    github.comments.map(({ body }) => body).filter((body) => body.startsWith(commentMarker("production")));

  it("plan a pull request in one comment, ask for an approval, and apply that very plan after the merge", async () => {
    github.addComment(`${commentMarker("production")}\nI am Mallory.`);
    const first = await planned("email <> 'carla@example.com'");
    expect(about()).toEqual([expect.stringContaining("I am Mallory."), expect.stringContaining("2 to add")]);

    const second = await planned("true");
    expect(second).not.toBe(first);
    expect(about()).toEqual([expect.stringContaining("I am Mallory."), expect.stringContaining("3 to add")]);
    expect(about()[1]).not.toMatch(/(?:anna|ben|carla)@/);
    expect(about()[1]).toContain("\nrollcall --env production apply plan.json\n");
    expect(await team.members()).toEqual([]);

    // The world goes on between the plan and the merge.
    await team.people("anna", "ben", "carla", "dora");
    const commit = repository.merge("wider");
    Object.assign(github.pull, { merged_at: "2026-11-28T10:00:00Z", merge_commit_sha: commit });
    const merged = { event: "push", run: github.addRun("rollcall-apply.yaml", commit), commit };
    const refused = await job("apply", "apply", merged);
    expect(refused.code, refused.log).toBe(5);
    expect(refused.log).toContain("::error title=Refused::");
    expect(await team.members()).toEqual([]);

    // Anna downloads the plan, signs it and posts what she got; others post this and that.
    for (const run of [first, second]) {
      const plan = join(github.artefact(run, "rollcall-plan-production"), "plan.json");
      github.addComment(await team.approval(plan));
    }
    github.addComment("{not JSON}");
    github.addComment('{"statement": {"digest": "of something else"}}', "NONE");
    const applied = await job("apply", "apply", merged);
    expect(applied.code, applied.log).toBe(0);
    expect(applied.summary).toContain("Apply complete: 3 added");
    expect(await team.members()).toEqual(["anna@example.com", "ben@example.com", "carla@example.com"]);

    const again = await job("apply", "apply", merged);
    expect(again.code, again.log).not.toBe(0);
    expect(again.log).toMatch(/::error title=(?:Stale|Refused)::/);
    expect(again.log).not.toContain(BREVO_KEY);
    expect(await team.members()).toHaveLength(3);
  });

  it("refuse what no pull request brought, and plan it again by hand", async () => {
    const commit = repository.push("main", "Straight to main");
    const pushed = { event: "push", run: 1, commit };
    const refused = await job("apply", "apply", pushed);
    expect(refused.code, refused.log).toBe(1);
    expect(refused.log).toContain("No pull request into main brought this commit");

    const run = github.addRun("rollcall-apply.yaml", commit);
    const byHand = { event: "workflow_dispatch", run, commit };
    expect((await job("apply", "plan", pushed)).result).toBe("skipped");
    const plan = await job("apply", "plan", byHand);
    expect(plan.result, plan.log).toBe("success");
    expect(plan.summary).toContain("1 to add");
    const applied = await job("apply", "apply", { ...byHand, needs: plan });
    expect(applied.code, applied.log).toBe(0);
    expect(await team.members()).toHaveLength(4);
  });

  it("report drift in one issue and close it, and apply what is due", async () => {
    const commit = repository.push("main", "Nothing");
    const occasion = { event: "schedule", run: github.addRun("rollcall-drift.yaml", commit), commit };
    await team.remote.addStranger("zoe@example.com", [team.list]);
    for (const round of [1, 2]) {
      const drift = round === 1 ? await job("drift", "drift", occasion) : undefined;
      if (drift !== undefined) expect(drift.result, drift.log).toBe("success");
      const report = await job("drift", "report", { ...occasion, needs: drift ?? success });
      expect(report.result, report.log).toBe("success");
      expect(github.issues).toMatchObject([{ state: "open", title: expect.stringContaining("production") }]);
    }
    expect(github.asked.slice(-2)).toEqual([
      "GET /repos/acme/lists/issues",
      expect.stringMatching(/^PATCH /),
    ]);
    expect(github.issues[0]!.body).not.toContain("zoe@example.com");

    await team.remote.takeOff("zoe@example.com", team.list);
    const none = { ...occasion, run: github.addRun("rollcall-drift.yaml", commit) };
    const drift = await job("drift", "drift", none);
    expect(drift.result, drift.log).toBe("success");
    await job("drift", "report", { ...none, needs: drift });
    expect(github.issues).toMatchObject([{ state: "closed" }]);

    const due = await job("schedule", "due", { ...occasion, run: 2 });
    expect(due.result, due.log).toBe("success");
  });

  it("validate and test the pull request of a fork, and say why they do not plan it", async () => {
    const commit = repository.push("fork", "From afar");
    const occasion = { event: "pull_request", run: 3, commit, fork: true };
    const check = await job("plan", "check", occasion);
    expect(check.result, check.log).toBe("success");
    expect(check.log).toContain("::notice title=Not planned::");
    expect(check.log).toContain("1 case");
    const plan = await job("plan", "plan", { ...occasion, needs: check });
    expect(plan.result).toBe("skipped");
    expect((await job("plan", "comment", { ...occasion, needs: plan })).result).toBe("skipped");
  });

  const mark = (): string => join(team.project.folder, "ran");

  it.each(
    hostileBranches("/dev/full")
      .slice(0, FULL ? undefined : 1)
      .map(({ name }, index) => [name, index] as const),
  )("post what was planned, or that nothing was, when a branch brings %s", async (_, index) => {
    await bring(repository.clone, hostileBranches(mark())[index]!);
    await planned("email = 'ben@example.com'");
    expect(about().at(-1)).toContain("Rollcall plan for production");
    // One whose plan fails before anything was written.
    await bring(repository.clone, hostileBranches(mark())[index]!);
    await writeFile(join(repository.clone, "exports.config.yaml"), "version: 2\n");
    const commit = repository.push("hostile", "Break it");
    const occasion = { event: "pull_request", run: github.addRun("rollcall-plan.yaml", commit), commit };
    const plan = await job("plan", "plan", occasion);
    expect(plan.result).toBe("failure");
    const comment = await job("plan", "comment", { ...occasion, needs: plan });
    expect(comment.result, comment.log).toBe("success");
    expect(about().at(-1)).toContain("There is no Rollcall plan for production");
    expect(existsSync(mark())).toBe(false);
  });

  it("plan nothing that goes to another branch than main", async () => {
    const { on } = await workflow("plan");
    expect(on["pull_request"]).toEqual({
      branches: ["main"],
      types: ["opened", "synchronize", "reopened", "edited"],
    });
    const commit = repository.push("wider", "Again");
    const plan = await job("plan", "plan", { event: "pull_request", run: 4, commit, base: "mine" });
    expect([plan.result, plan.log]).toEqual([
      "failure",
      expect.stringContaining("Only pull requests into main"),
    ]);
  });

  it("apply the plan of the pull request, whatever the branch brought and other runs are called", async () => {
    await bring(repository.clone, mergedForgeries(mark()));
    await planned("email in ('anna@example.com', 'ben@example.com', 'carla@example.com', 'zoe@example.com')");
    const head = github.pull.head.sha;
    const commit = repository.merge("wider");
    const base = github.pull.base;
    Object.assign(github.pull, { merge_commit_sha: commit, base: { ...base, ref: "mine" } });
    const merged = { event: "push", run: github.addRun("rollcall-apply.yaml", commit), commit };
    const refused = await job("apply", "apply", merged);
    expect([refused.code, refused.log]).toEqual([
      1,
      expect.stringContaining("No pull request into main brought this commit"),
    ]);
    Object.assign(github.pull, { base });
    // A fork's run of the same commit, and one of a workflow that has the same name.
    github.addRun("rollcall-plan.yaml", head, "mallory/lists");
    github.addRun("mine.yaml", head);
    const applied = await job("apply", "apply", merged);
    expect(applied.log).not.toContain("no longer there");
    expect(applied.code, applied.log).toBe(0);
    expect(existsSync(mark())).toBe(false);
  });
});

const success: JobResult = { result: "success", log: "", summary: "", code: 0 };
