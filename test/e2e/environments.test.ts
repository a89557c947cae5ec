import { execFileSync } from "node:child_process";
import { rename } from "node:fs/promises";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { LocalBackend } from "../../src/backends/local/local-backend.js";
import { Failure } from "../../src/model/failure.js";
import { openState } from "../../src/state/store.js";
import { plan } from "../../src/usecases/plan.js";
import { startFaultServer, type FaultServer } from "../support/fault-server.js";
import { BREVO_KEY, openProject, SENDGRID_KEY, type Project, type Yaml } from "../support/project.js";
import { rollcall } from "../support/rollcall.js";

const STAGING_KEY = "canary-xkeysib-staging";
const env = { PRODUCTION_KEY: BREVO_KEY, STAGING_KEY };
const never = new AbortController().signal;

let project: Project;
let thief: FaultServer;

const git = (...words: string[]): string =>
  execFileSync("git", ["-c", "user.name=T", "-c", "user.email=t@example.com", ...words], {
    cwd: project.folder,
    encoding: "utf8",
  });

const config = (production: Yaml = {}, staging: Yaml = {}): Promise<void> =>
  project.config({
    connections: {
      news: { ...project.connections()["brevo"], apiKey: { env: "PRODUCTION_KEY" } },
    },
    segments: { all: { source: "crm" }, vip: { source: "crm", where: "spend > 100" } },
    exports: {
      weekly: {
        connection: "news",
        list: { name: "Weekly" },
        segments: ["all"],
        match: { email: "email" },
      },
      vip: {
        connection: "news",
        list: { name: "VIP" },
        segments: ["vip"],
        match: { email: "email" },
      },
    },
    environments: {
      production: { exports: { vip: { enabled: false } }, ...production },
      staging: {
        connections: { news: { apiKey: { env: "STAGING_KEY" } } },
        sources: { crm: { path: "staging.csv" } },
        exports: { weekly: { list: { name: "Weekly (staging)" } } },
        ...staging,
      },
    },
  });

const ids = new Map<string, number>();

const members = (account: string, list: string): string[] =>
  project.sandbox
    .brevo(account)
    .members(ids.get(`${account} ${list}`) ?? 0)
    .map(({ email }) => email)
    .sort();

beforeAll(async () => {
  Object.assign(process.env, env);
  project = await openProject({
    sandbox: {
      accounts: [
        { vendor: "brevo", id: "production", key: BREVO_KEY },
        { vendor: "brevo", id: "staging", key: STAGING_KEY },
        { vendor: "sendgrid", key: SENDGRID_KEY },
      ],
    },
  });
  for (const key of ["production Weekly", "production VIP", "staging Weekly (staging)", "staging VIP"]) {
    const [account = "", ...name] = key.split(" ");
    ids.set(key, project.sandbox.brevo(account).addList(name.join(" ")));
  }
  thief = await startFaultServer([{ status: 200, body: "{}" }]);
  await project.profiles([
    { email: "a@example.com", spend: 1 },
    { email: "b@example.com", spend: 500 },
  ]);
  await project.profiles([{ email: "staging@example.com", spend: 500 }], "staging.csv");
  await config();
  await project.write(".gitignore", ".rollcall/\n");
  git("init", "-q", "-b", "main");
  git("add", ".");
  git("commit", "-qm", "base");
});
afterAll(async () => {
  await thief.close();
  await project.stop();
  for (const name of Object.keys(env)) delete process.env[name];
});

describe("staging and production in one repository", () => {
  it("are sent to separate accounts, and each has nothing left to do", async () => {
    for (const environment of ["staging", "production"]) {
      const run = await project.apply({ environment });
      expect(run.environment).toBe(environment);
      expect(run.exports.map(({ status }) => status)).not.toContain("failed");
    }
    expect(members("production", "Weekly")).toEqual(["a@example.com", "b@example.com"]);
    expect(members("production", "VIP")).toEqual([]);
    expect(members("staging", "Weekly (staging)")).toEqual(["staging@example.com"]);
    expect(members("staging", "VIP")).toEqual(["staging@example.com"]);
    for (const environment of ["staging", "production"]) {
      const again = await project.plan({ environment });
      expect(again.environment).toBe(environment);
      expect(again.configChanges).toEqual([]);
      expect(again.exports.map(({ counts: { add, update, remove } }) => add + update + remove)).toEqual(
        environment === "staging" ? [0, 0] : [0],
      );
    }
    for (const environment of ["staging", "production"]) {
      const backend = new LocalBackend(join(project.folder, ".rollcall", environment));
      expect((await openState(backend, never, undefined, environment)).root.environment).toBe(environment);
    }
  });

  it("name the environment in text and events", async () => {
    const shown = await rollcall(["drift", "--env", "staging", "--json"], { cwd: project.folder, env });
    expect(shown.code, shown.stderr).toBe(0);
    expect(shown.stderr).toMatch(/^Environment: staging$/m);
    expect(shown.events[0]).toMatchObject({ type: "version", environment: "staging" });
    expect(shown.events.find(({ type }) => type === "result")?.["data"]).toMatchObject({
      environment: "staging",
    });
  });

  it("take one changed line to promote, which env diff shows before and after", async () => {
    const before = await rollcall(["env", "diff", "staging", "production", "--json"], {
      cwd: project.folder,
    });
    expect(before.events.find(({ type }) => type === "result")?.["data"]).toMatchObject({
      differs: true,
      diff: expect.stringContaining("-  vip:") as string,
    });
    await config({ exports: {} });
    const cwd = project.folder;
    const since = await rollcall(["env", "diff", "production", "--base", "main", "--detailed-exitcode"], {
      cwd,
    });
    expect(since.code, since.stderr).toBe(2);
    expect(since.stdout).toMatch(/^--- production at main \([0-9a-f]{7}\)\n\+\+\+ production\n/);
    expect(since.stdout.split("\n").filter((line) => line.startsWith("-"))).toHaveLength(1);
    expect(since.stdout).toContain("+  vip:");
    const listed = await rollcall(["env", "list", "--json"], { cwd });
    expect(listed.events.find(({ type }) => type === "result")?.["data"]).toMatchObject({
      environments: [
        { name: "production", state: ".rollcall/production", exports: ["weekly", "vip"], disabled: [] },
        { name: "staging", state: ".rollcall/staging", connections: ["news"] },
      ],
    });
    expect((await rollcall(["validate", "--json"], { cwd })).code).toBe(0);
    const same = await rollcall(["env", "diff", "staging", "--base", "main", "--detailed-exitcode"], { cwd });
    expect([same.code, same.stdout]).toEqual([0, ""]);
    const plan = await rollcall(["plan", "--env", "production", "--detailed-exitcode"], { cwd, env });
    expect(plan.code, plan.stderr).toBe(2);
    expect(plan.stdout).toMatch(/^Environment: production\n/);
    await project.apply({ environment: "production" });
    expect(members("production", "VIP")).toEqual(["b@example.com"]);
    expect(members("staging", "VIP")).toEqual(["staging@example.com"]);
    await config();
  });

  it("refuse a state that another one wrote", async () => {
    const cwd = project.folder;
    const state = (name: string): string => join(cwd, ".rollcall", name);
    await rename(state("production"), state("away"));
    await rename(state("staging"), state("production"));
    try {
      const refused = await rollcall(["plan", "--env", "production"], { cwd, env });
      expect(refused.code).toBe(6);
      expect(refused.stderr.replaceAll(/\s+/g, " ")).toContain(
        "belongs to the environment `staging`, and `production` is chosen",
      );
      await expect(project.apply({ environment: "production" })).rejects.toThrow(Failure);
    } finally {
      await rename(state("production"), state("staging"));
      await rename(state("away"), state("production"));
    }
  });
});

describe("a change that nobody has reviewed", () => {
  const untrusted = async (environment?: string) => {
    const result = await plan({
      cwd: project.folder,
      environment,
      untrusted: { ref: "main" },
      emit: () => undefined,
      signal: never,
    });
    const told = result.diagnostics.map(({ code, message }) => `${code} ${/`([^`]*)`/.exec(message)?.[1]}`);
    return { ...result, told };
  };

  it("cannot send an environment's key elsewhere, or read another state", async () => {
    await config(
      {
        connections: { news: { baseUrl: thief.url, apiKey: { env: "STAGING_KEY" } } },
        state: { path: ".rollcall/staging" },
      },
      { state: { path: ".elsewhere" } },
    );
    const { told, plan: planned, diagnostics } = await untrusted("production");
    expect(told.sort()).toEqual([
      "untrusted-change connections.news.apiKey",
      "untrusted-change connections.news.baseUrl",
      "untrusted-change state",
    ]);
    const line = (await project.read("exports.config.yaml"))
      .split("\n")
      .findIndex((text) => text.includes(thief.url));
    expect(diagnostics.find(({ message }) => message.includes("baseUrl"))?.position?.line).toBe(line + 1);
    expect(planned?.exports.find(({ name }) => name === "weekly")).toMatchObject({
      error: undefined,
      account: "brevo:production",
    });
    expect(thief.arrived).toEqual([]);
  });

  it("cannot use the base's keys in an environment of its own, or without one", async () => {
    const text = await project.read("exports.config.yaml");
    const yaml = JSON.parse(text) as { environments?: Yaml };
    await project.write(
      "exports.config.yaml",
      JSON.stringify({ ...yaml, environments: { mine: { exports: { weekly: { list: 3 } } } } }),
    );
    const mine = await untrusted("mine");
    expect(mine.told).toEqual(["needs-trust mine"]);
    expect(mine.plan?.exports.map(({ error }) => error?.kind)).toEqual(["refused", "refused"]);
    await project.write("exports.config.yaml", JSON.stringify({ ...yaml, environments: undefined }));
    const none = await untrusted();
    expect(none.told).toEqual(["needs-trust undefined"]);
    expect(none.plan?.exports.map(({ error }) => error?.kind)).toEqual(["refused", "refused"]);
    await config();
  });
});
