import { execFileSync } from "node:child_process";
import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { commentMarker } from "../../src/report/plan-markdown.js";
import { BREVO_KEY, openProject, type Project, type Row } from "../support/project.js";
import { GitHub, TOKEN } from "../support/ci/github.js";
import { Repository } from "../support/ci/repository.js";
import { type JobResult, readWorkflow, runJob, type Workflow } from "../support/ci/workflow.js";
import { CAN_ZIP } from "../support/ci/zip.js";
import { remoteOf, type Remote } from "../support/remote.js";
import { rollcall } from "../support/rollcall.js";

const manifest = JSON.parse(await readFile("package.json", "utf8")) as { version: string };

/** The workflows that `init --ci github` writes, run job by job on machines that share git, the state and the forge. */
describe.skipIf(!CAN_ZIP)(`the workflows for GitHub${CAN_ZIP ? "" : " (zip and unzip are not here)"}`, () => {
  let project: Project;
  let remote: Remote;
  let list: string;
  let repository: Repository;
  let github: GitHub;

  beforeAll(async () => {
    project = await openProject();
    remote = remoteOf(project, "brevo");
    list = await remote.addList("customers");
    await people("anna", "ben", "carla");
    repository = await Repository.create();
    github = await GitHub.start();
    execFileSync("ssh-keygen", ["-q", "-t", "ed25519", "-N", "", "-f", join(project.folder, "anna.key")]);
    const key = await readFile(join(project.folder, "anna.key.pub"), "utf8");
    await writeFile(join(repository.clone, "signers"), `anna@example.com ${key}`);
    await configure("email = 'anna@example.com'");
    await writeFile(
      join(repository.clone, "people.test.yaml"),
      "sources: {crm: [{email: anna@example.com}]}\ncases: [{name: Anna, expect: {segments: {all: {count: 1}}}}]\n",
    );
    const initialised = await rollcall(["init", "--ci", "github"], { cwd: repository.clone });
    expect(initialised.code, initialised.stderr).toBe(0);
    repository.push("main", "Begin");
  });
  afterAll(async () => {
    await github.stop();
    await repository.remove();
    await project.stop();
  });

  const people = (...names: string[]): Promise<void> =>
    project.profiles(names.map((name): Row => ({ email: `${name}@example.com`, name })));

  /** The data and the state are elsewhere, as a warehouse and a store would be. */
  const configure = (where: string): Promise<void> => {
    const config = {
      version: 1,
      allowPaths: [project.folder],
      state: { path: join(project.folder, "state") },
      connections: {
        brevo: {
          type: "brevo",
          apiKey: { env: "BREVO_API_KEY" },
          baseUrl: project.sandbox.brevoUrl,
          rateLimits: "none",
          dataPrivacy: { agreed: true, by: "Anna Example", on: "2026-11-01" },
        },
      },
      sources: { crm: { type: "files", path: join(project.folder, "profiles.csv") } },
      segments: { all: { source: "crm", where } },
      exports: { weekly: { connection: "brevo", list, segments: ["all"], match: { email: "email" } } },
      approvals: { allowedSigners: "signers", groups: { release: ["anna@example.com"] } },
      policies: {
        many: {
          level: "mandatory",
          deny: "plan.adds > 1",
          message: "More than one person at once.",
          approvals: { from: "release" },
        },
      },
      environments: {
        production: {},
        staging: { exports: { weekly: { list: 4711 } }, state: { path: "s" } },
      },
    };
    return writeFile(join(repository.clone, "exports.config.yaml"), JSON.stringify(config, undefined, 1));
  };
  const workflow = (name: string): Promise<Workflow> =>
    readWorkflow(join(repository.clone, `.github/workflows/rollcall-${name}.yaml`));

  interface Occasion {
    readonly event: string;
    readonly run: number;
    readonly commit: string;
    readonly fork?: boolean;
    readonly needs?: JobResult;
  }

  const job = async (
    name: string,
    which: string,
    { event, run, commit, fork, needs }: Occasion,
  ): Promise<JobResult> => {
    const { jobs } = await workflow(name);
    const head = { repo: { full_name: fork === true ? "mallory/lists" : "acme/lists" } };
    return runJob(jobs[which]!, needs?.result === "failure" ? "failure" : "success", {
      contexts: {
        github: {
          event_name: event,
          repository: "acme/lists",
          token: TOKEN,
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
        ...(event === "pull_request" ? { GITHUB_BASE_REF: "main" } : {}),
        GITHUB_ACTOR: "ben",
      },
      packages: `rollcall@${manifest.version}`,
    });
  };
  const size = async (): Promise<string[]> => [...(await remote.members(list)).keys()].sort();

  /** Pushes to the pull request, plans and comments; returns the run. */
  const planned = async (where: string): Promise<number> => {
    await configure(where);
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

  it("plan a pull request in one comment, ask for an approval, and apply that very plan after the merge", async () => {
    github.addComment(`${commentMarker("production")}\nI am Mallory.`);
    const first = await planned("email <> 'carla@example.com'");
    expect(github.comments).toHaveLength(2);
    expect(github.comments[1]!.body).toContain(commentMarker("production"));
    expect(github.comments[1]!.body).toContain("2 to add");

    const second = await planned("true");
    expect(second).not.toBe(first);
    expect(github.comments).toHaveLength(2);
    expect(github.comments[0]!.body).toContain("I am Mallory.");
    expect(github.comments[1]!.body).toContain("3 to add");
    expect(github.comments[1]!.body).not.toMatch(/(?:anna|ben|carla)@/);
    expect(await size()).toEqual([]);

    // The world goes on between the plan and the merge.
    await people("anna", "ben", "carla", "dora");
    const commit = repository.merge("wider");
    Object.assign(github.pull, { merged_at: "2026-11-28T10:00:00Z", merge_commit_sha: commit });
    const merged = { event: "push", run: github.addRun("rollcall-apply.yaml", commit), commit };
    const refused = await job("apply", "apply", merged);
    expect(refused.code, refused.log).toBe(5);
    expect(refused.log).toContain("::error title=Refused::");
    expect(await size()).toEqual([]);

    // Anna downloads the plan, signs it and posts what she got; others post this and that.
    for (const run of [first, second]) {
      const plan = join(github.artefact(run, "rollcall-plan-production"), "plan.json");
      const out = join(project.folder, `approval-${run}.json`);
      const words = [
        "approve",
        plan,
        "--env",
        "production",
        "--yes",
        "--key",
        join(project.folder, "anna.key"),
      ];
      const approved = await rollcall([...words, "--out", out], { cwd: repository.clone });
      expect(approved.code, approved.stderr).toBe(0);
      github.addComment(`Looks good.\n\`\`\`json\n${await readFile(out, "utf8")}\`\`\`\n`);
    }
    github.addComment("{not JSON}");
    github.addComment('{"statement": {"digest": "of something else"}}', "NONE");
    const applied = await job("apply", "apply", merged);
    expect(applied.code, applied.log).toBe(0);
    expect(applied.summary).toContain("Apply complete: 3 added");
    expect(await size()).toEqual(["anna@example.com", "ben@example.com", "carla@example.com"]);

    const again = await job("apply", "apply", merged);
    expect(again.code, again.log).not.toBe(0);
    expect(again.log).toMatch(/::error title=(?:Stale|Refused)::/);
    expect(again.log).not.toContain(BREVO_KEY);
    expect(await size()).toHaveLength(3);
  });

  it("refuse what no pull request brought, and plan it anew by hand", async () => {
    const commit = repository.push("main", "Straight to main");
    const pushed = { event: "push", run: 1, commit };
    const refused = await job("apply", "apply", pushed);
    expect(refused.code, refused.log).toBe(1);
    expect(refused.log).toContain("No pull request brought this commit");

    const run = github.addRun("rollcall-apply.yaml", commit);
    const byHand = { event: "workflow_dispatch", run, commit };
    expect((await job("apply", "plan", pushed)).result).toBe("skipped");
    const plan = await job("apply", "plan", byHand);
    expect(plan.result, plan.log).toBe("success");
    expect(plan.summary).toContain("1 to add");
    const applied = await job("apply", "apply", { ...byHand, needs: plan });
    expect(applied.code, applied.log).toBe(0);
    expect(await size()).toHaveLength(4);
  });

  it("report drift in one issue and close it, and apply what is due", async () => {
    const commit = repository.push("main", "Nothing");
    const occasion = { event: "schedule", run: github.addRun("rollcall-drift.yaml", commit), commit };
    await remote.takeOff("anna@example.com", list);
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
    expect(github.issues[0]!.body).not.toContain("anna@example.com");

    await remote.addStranger("anna@example.com", [list]);
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
});

const success: JobResult = { result: "success", log: "", summary: "", code: 0 };
