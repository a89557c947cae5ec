import { execFileSync } from "node:child_process";
import { copyFile } from "node:fs/promises";
import { createServer, type Server } from "node:http";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, expect, it } from "vitest";
import { newStateKey } from "../../src/state/storage/state-key.js";
import { live } from "../faults/mortal.js";
import { startAzurite, type Azurite } from "../support/azurite.js";
import { BREVO_KEY, openProject, type Project } from "../support/project.js";
import { remoteOf, type Remote } from "../support/remote.js";
import { Team, type Checkout } from "../support/team.js";

const clock = fileURLToPath(new URL("../support/clock-ahead.mjs", import.meta.url));
const DAY_MS = 86_400_000;

let project: Project;
let remote: Remote;
let azurite: Azurite;
let hook: Server;
let team: Team;
/** What was told, one condition of an export each. */
const told: string[] = [];
/** Everything that anybody outside the state store and the vendor could read. */
const seen: string[] = [];
let ahead = 0;

beforeAll(async () => {
  project = await openProject({
    sandbox: { delays: { jobMs: 20, visibleMs: 0, fieldMs: 0 }, clock: () => Date.now() + ahead },
  });
  remote = remoteOf(project, "brevo");
  azurite = await startAzurite();
  hook = createServer((request, response) => {
    let body = "";
    request.on("data", (part: Buffer) => (body += part.toString()));
    request.on("end", () => {
      seen.push(body);
      told.push(...[...body.matchAll(/"condition":\s*"(\w+)"/g)].map(([, condition = ""]) => condition));
      response.end();
    });
  });
  await new Promise<void>((resolve) => hook.listen(0, "127.0.0.1", resolve));
  team = await Team.open(join(project.folder, "team"));
});
afterAll(async () => {
  hook.close();
  await azurite.stop();
  await project.stop();
});

it("a team changes who is on a list by pull requests, from machines that keep nothing", async () => {
  const live_ = await remote.addList("live");
  await remote.addStranger("fr3@example.com", []);
  const trial = await remote.addList("trial");
  const anna = team.person("anna");
  const ben = team.person("ben");
  for (const name of ["anna", "ben"])
    execFileSync("ssh-keygen", ["-q", "-t", "ed25519", "-N", "", "-f", join(project.folder, `${name}.key`)]);
  const key = async (name: string): Promise<string> =>
    `${name}@example.com ${await project.read(`${name}.key.pub`)}`;
  const stateKey = newStateKey();
  const { port } = hook.address() as { port: number };
  const secrets = {
    STATE: azurite.connectionString(),
    STATE_KEY: stateKey,
    BREVO_KEY,
    HOOK_SECRET: `whsec_${Buffer.from("a signing secret of the hook").toString("base64")}`,
    CI: "true",
    GITHUB_ACTIONS: "true",
  };

  // The repository: two environments, one list each, and people as files.
  await anna.write(".rollcall-signers", (await key("anna")) + (await key("ben")));
  await anna.write("people.csv", people());
  const configure = async (at: Checkout, where: string): Promise<void> =>
    at.write(
      "exports.config.yaml",
      JSON.stringify(
        {
          version: 1,
          timezone: "UTC",
          state: {
            type: "azureBlob",
            container: "rollcall",
            account: azurite.account(),
            connectionString: { env: "STATE" },
            encryption: { key: { env: "STATE_KEY" } },
            lockTtl: "3s",
          },
          environments: {
            production: {},
            staging: { exports: { weekly: { list: Number(trial), schedule: "manual" } } },
          },
          approvals: {
            allowedSigners: ".rollcall-signers",
            groups: { release: ["anna@example.com", "ben@example.com"] },
            identities: { "ben@example.com": ["github:ben"], "anna@example.com": ["github:anna"] },
          },
          policies: {
            many: {
              level: "mandatory",
              deny: "plan.removes > 5",
              message: "More than five people would be removed.",
              approvals: { from: "release", count: 1 },
            },
          },
          notifiers: {
            hook: {
              type: "webhook",
              url: `http://127.0.0.1:${port}/`,
              signingSecret: { env: "HOOK_SECRET" },
            },
          },
          connections: {
            brevo: {
              type: "brevo",
              apiKey: { env: "BREVO_KEY" },
              baseUrl: project.sandbox.brevoUrl,
              dataPrivacy: { agreed: true, by: "Anna Example", on: "2026-11-01" },
              rateLimits: "none",
            },
          },
          sources: { crm: { type: "files", path: "people.csv" } },
          segments: { all: { source: "crm", where } },
          exports: {
            weekly: {
              connection: "brevo",
              list: Number(live_),
              segments: ["all"],
              match: { email: "email", id: "id" },
              attributes: { firstName: "name" },
              schedule: { cron: "0 6 * * *" },
              safeguards: { maxRemovals: { share: "100%" } },
            },
          },
        },
        undefined,
        1,
      ),
    );
  await configure(anna, "country = 'DE'");
  anna.push("main", "The weekly list");
  const machine = (more: Record<string, string> = {}): Checkout =>
    team.machine({
      ...secrets,
      ...more,
      ...(ahead === 0
        ? {}
        : {
            NODE_OPTIONS: `--import ${clock}`,
            ROLLCALL_TEST_NOW: new Date(Date.now() + ahead).toISOString(),
          }),
    });
  const on = async (list = live_): Promise<string[]> =>
    [...(await remote.members(list)).keys()].map((email) => email.split("@")[0] ?? "").sort();
  const said = (ended: { stdout: string; stderr: string }): string => {
    seen.push(ended.stdout, ended.stderr);
    return `${ended.stdout}\n${ended.stderr}`;
  };
  const run = async (where: Checkout, code: number, ...words: string[]): Promise<string> => {
    const ended = await where.rollcall(...words);
    const text = said(ended);
    expect([words.join(" "), ended.code], text).toEqual([words.join(" "), code]);
    return text;
  };

  // The first apply, in both environments, each with a state of its own.
  for (const environment of ["production", "staging"])
    await run(machine({ GITHUB_ACTOR: "anna" }), 0, "apply", "--env", environment, "--auto-approve");
  expect(await on()).toEqual(named("de", 20));
  expect(await on(trial)).toEqual(named("de", 20));
  await run(machine(), 3, "plan");

  // Ben proposes France in the place of most of Germany.
  ben.git("pull", "-q", "origin", "main");
  ben.git("checkout", "-q", "-b", "france");
  await configure(ben, "country = 'FR' or id < 8");
  ben.push("france", "France");
  const review = machine({
    GITHUB_ACTOR: "ben",
    GITHUB_EVENT_NAME: "pull_request",
    GITHUB_BASE_REF: "main",
  });
  // As the forge checks a pull request out: merged already.
  review.git("merge", "-q", "--no-ff", "-m", "merge", "origin/france");
  await run(review, 0, "validate", "--env", "production");
  const words = ["plan", "--env", "production", "--untrusted", "--base", "origin/main"];
  const proposed = await run(review, 0, ...words, "--out", "plan.json", "--markdown", "comment.md");
  expect(proposed).toContain("15 to add, 0 to change, 12 to remove");
  const comment = await review.read("comment.md");
  seen.push(comment, await review.read("plan.json"));
  expect(comment.split("\n")[0]).toMatch(/^<!-- rollcall:plan production /);
  expect(comment).toContain("More than five people would be removed.");
  expect(comment).toContain("rollcall --env production apply plan.json");
  expect(await on()).toEqual(named("de", 20));

  // Merged without an approval: the policy refuses, nothing is removed, and that is told.
  anna.git("fetch", "-q", "origin");
  anna.git("merge", "-q", "--no-ff", "-m", "Merge france", "origin/france");
  anna.git("push", "-q", "origin", "main");
  const merged = machine({ GITHUB_ACTOR: "anna" });
  await copyFile(join(review.folder, "plan.json"), join(merged.folder, "plan.json"));
  expect(await run(merged, 5, "apply", "--env", "production", "plan.json")).toContain("many");
  expect(await on()).toEqual(named("de", 20));
  expect(told).toEqual(["refused"]);

  // Ben may not approve what he wrote; Anna may.
  const approve = (where: Checkout, who: string, code: number): Promise<string> =>
    run(
      where,
      code,
      "approve",
      "plan.json",
      "--env",
      "production",
      "--yes",
      "--key",
      join(project.folder, `${who}.key`),
    );
  expect(await approve(review, "ben", 5)).toContain("wrote what it approves");
  await approve(review, "anna", 0);
  const approval = "plan.json.anna@example.com.approval.json";
  seen.push(await review.read(approval));

  // Somebody opts out between approval and apply; then the machine vanishes in the middle.
  await remote.optOut("fr3@example.com");
  const doomed = machine({ GITHUB_ACTOR: "anna" });
  for (const name of ["plan.json", approval])
    await copyFile(join(review.folder, name), join(doomed.folder, name));
  const began = project.exchanges.length;
  const moment = { moment: "sent POST /brevo/v3/contacts/import" };
  const life = await live(doomed.folder, ["apply", "--env", "production", "plan.json"], moment, 0, {
    env: doomed.env,
  });
  seen.push(life.output);
  expect(life.killed, life.output).toBe(true);

  // Another machine finishes, with the same artefacts and nothing else.
  const next = machine({ GITHUB_ACTOR: "anna" });
  for (const name of ["plan.json", approval])
    await copyFile(join(review.folder, name), join(next.folder, name));
  await until(async () => {
    const ended = await next.rollcall("apply", "--env", "production", "plan.json");
    said(ended);
    // The lock of a machine that vanished runs out by itself; what is not shown yet is looked up again.
    return ended.code === 0;
  });
  const french = named("fr", 15).filter((name) => name !== "fr3");
  expect(await on()).toEqual([...named("de", 8), ...french].sort());
  const writes = project.exchanges.slice(began).filter(({ method }) => method !== "GET");
  const sent = writes.filter(({ requestBody }) =>
    JSON.stringify(requestBody ?? "").includes("fr1@example.com"),
  );
  expect(sent).toHaveLength(1);
  await run(next, 6, "apply", "--env", "production", "plan.json");
  expect(await on(trial)).toEqual(named("de", 20));

  // A day later the schedule runs what is due, once, with the people of that day.
  await anna.write("people.csv", `${people()}fr99@example.com,99,Zoe,FR\n`);
  anna.push("main", "People of the day");
  ahead = DAY_MS;
  const due = ["apply", "--env", "production", "--due", "--auto-approve"];
  const schedule = { GITHUB_ACTOR: "anna", GITHUB_EVENT_NAME: "schedule" };
  expect(await run(machine(schedule), 0, ...due)).toContain("1 added");
  expect(await run(machine(schedule), 0, ...due)).toContain("not due");
  expect(told).toEqual(["refused", "ok"]);

  // Somebody takes a person off by hand: the drift report says so, once.
  await remote.takeOff("fr4@example.com", live_);
  const drift = ["drift", "--env", "production", "--detailed-exitcode"];
  for (let times = 0; times < 2; times++) await run(machine(schedule), 2, ...drift);
  await run(machine(schedule), 2, ...drift, "--record");
  expect(told).toEqual(["refused", "ok", "drifted"]);

  // The merge is reverted: planned, approved and applied like any other change.
  anna.git("pull", "-q", "origin", "main");
  const merge = anna.git("log", "--merges", "-1", "--format=%H").trim();
  anna.git("revert", "--no-edit", "-m", "1", merge);
  anna.git("push", "-q", "origin", "main");
  const back = machine({ GITHUB_ACTOR: "github-actions" });
  const reverted = await run(back, 0, "plan", "--env", "production", "--out", "plan.json");
  expect(reverted).toMatch(/12 to add, 0 to change, 14 to remove/);
  await run(back, 5, "apply", "--env", "production", "plan.json");
  // Anna wrote the revert, so it is Ben who approves.
  await approve(back, "anna", 5);
  await approve(back, "ben", 0);
  await run(back, 0, "apply", "--env", "production", "plan.json");
  expect(await on()).toEqual(named("de", 20));

  // At the end there is nothing left to do, and it is in the record what was done.
  const last = machine();
  await run(last, 0, "plan", "--env", "production", "--detailed-exitcode");
  expect(await run(last, 0, "history", "--env", "production")).toContain("weekly");
  expect(await run(last, 0, "status", "--env", "production")).toContain("succeeded");
  for (const text of seen) {
    expect(text).not.toMatch(/\b(?:de|fr)\d+@example\.com/);
    for (const secret of [BREVO_KEY, stateKey, azurite.key]) expect(text).not.toContain(secret);
  }
}, 300_000);

/** 20 Germans with the ids from 0, 15 French with the ids from 40. */
function people(): string {
  const of = (country: string, count: number, from: number): string =>
    Array.from(
      { length: count },
      (_, index) => `${country.toLowerCase()}${index}@example.com,${from + index},Name${index},${country}\n`,
    ).join("");
  return `email,id,name,country\n${of("DE", 20, 0)}${of("FR", 15, 40)}`;
}

function named(country: string, count: number): string[] {
  return Array.from({ length: count }, (_, index) => `${country}${index}`).sort();
}

async function until(done: () => Promise<boolean>): Promise<void> {
  const end = Date.now() + 90_000;
  while (!(await done())) if (Date.now() > end) throw new Error("it is not done after 90 s");
}
