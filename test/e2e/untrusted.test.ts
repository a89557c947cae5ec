import { execFileSync } from "node:child_process";
import { existsSync } from "node:fs";
import { chmod, mkdtemp, rm, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { startFaultServer, type FaultServer } from "../support/fault-server.js";
import { BREVO_KEY, openProject, type Project, type Yaml } from "../support/project.js";
import { remoteOf } from "../support/remote.js";
import { rollcall } from "../support/rollcall.js";
import type { Diagnostic } from "../../src/model/diagnostic.js";
import { Failure } from "../../src/model/failure.js";
import type { ExportPlan, Plan } from "../../src/model/plan/plan.js";
import type { BaseWish } from "../../src/run/base/base-config.js";
import { plan } from "../../src/usecases/plan.js";
import { validate } from "../../src/usecases/validate.js";

const AGREED = { agreed: true, by: "Anna Example", on: "2026-11-01" };

let project: Project;
let thief: FaultServer;
let elsewhere: string;
let list: string;

const git = (...words: string[]): string =>
  execFileSync("git", ["-c", "user.name=T", "-c", "user.email=t@example.com", ...words], {
    cwd: project.folder,
    encoding: "utf8",
    stdio: ["ignore", "pipe", "pipe"],
  });
const marker = (): string => join(elsewhere, "ran");
/** What the branch under review says; the rest is as on the base. */
const change = async (yaml: Yaml): Promise<void> => project.config({ ...base(), ...yaml });
const newsletter = (more: Yaml = {}): Yaml => ({
  type: "brevo",
  apiKey: { env: "PRODUCTION_KEY" },
  baseUrl: project.sandbox.brevoUrl,
  rateLimits: "none",
  dataPrivacy: AGREED,
  ...more,
});
const weekly = (more: Yaml = {}): Yaml => ({
  connection: "newsletter",
  list,
  segments: ["all"],
  match: { email: "email" },
  ...more,
});
const base = (): Yaml => ({
  connections: { newsletter: newsletter() },
  sources: { crm: { type: "files", path: "profiles.csv" } },
  segments: { all: { source: "crm" } },
  exports: { weekly: weekly() },
});

/** In this process, which is faster; the command line is tested at the end. */
async function untrusted(command: "plan" | "validate" = "plan", wish: BaseWish = {}): Promise<Ended> {
  const options = { cwd: project.folder, untrusted: wish, signal: new AbortController().signal };
  try {
    if (command === "validate") return { ...(await validate(options)), plan: undefined, failure: undefined };
    return { ...(await plan({ ...options, emit: () => undefined })), failure: undefined };
  } catch (error) {
    if (!(error instanceof Failure)) throw error;
    return { plan: undefined, diagnostics: [], failure: error };
  }
}

interface Ended {
  readonly plan: Plan | undefined;
  readonly diagnostics: readonly Diagnostic[];
  readonly failure: Failure | undefined;
}

/** `code path` of each diagnostic. */
const told = ({ diagnostics, failure }: Ended): string[] => {
  expect(failure).toBeUndefined();
  return diagnostics.map(({ code, message }) => `${code} ${/`([^`]*)`/.exec(message)?.[1]}`);
};
const planned = (ended: Ended): readonly ExportPlan[] => ended.plan?.exports ?? [];

beforeAll(async () => {
  process.env["PRODUCTION_KEY"] = BREVO_KEY;
  project = await openProject();
  elsewhere = await mkdtemp(join(tmpdir(), "rollcall-elsewhere-"));
  thief = await startFaultServer([{ status: 200, body: "{}" }]);
  list = await remoteOf(project, "brevo").addList("customers");
  await project.profiles([{ email: "a@example.com" }, { email: "b@example.com" }]);
  await project.config(base());
  await project.write("secret.sh", `#!/bin/sh\ntouch ${marker()}\necho ${BREVO_KEY}\n`);
  await chmod(join(project.folder, "secret.sh"), 0o755);
  git("init", "-q", "-b", "main");
  git("add", ".");
  git("commit", "-qm", "base");
  git("update-ref", "refs/remotes/origin/main", "HEAD");
  git("symbolic-ref", "refs/remotes/origin/HEAD", "refs/remotes/origin/main");
});
afterAll(async () => {
  delete process.env["PRODUCTION_KEY"];
  await thief.close();
  await rm(elsewhere, { recursive: true, force: true });
  await project.stop();
});
beforeEach(async () => {
  await rm(marker(), { force: true });
  git("checkout", "-q", "-f", "main");
});

it("a plan with --untrusted is the plain plan when nothing changed", async () => {
  const ended = await untrusted();
  expect(told(ended)).toEqual([]);
  expect(planned(ended)).toMatchObject([{ name: "weekly", counts: { add: 2 } }]);
});

it("a base whose root file allows paths allows them", async () => {
  const paths = { allowPaths: [elsewhere] };
  await change(paths);
  git("checkout", "-q", "-b", "allowing");
  git("commit", "-qam", "allow");
  const ended = await untrusted("plan", { ref: "allowing" });
  expect(told(ended)).toEqual([]);
  expect(planned(ended)).toMatchObject([{ name: "weekly", counts: { add: 2 } }]);
});

describe("what decides where keys and data go is taken from the base, and told", () => {
  it.each<[string, () => Yaml, string[]]>([
    [
      "a command as key",
      () => ({ connections: { newsletter: newsletter({ apiKey: { command: ["touch", marker()] } }) } }),
      ["untrusted-change connections.newsletter.apiKey"],
    ],
    [
      "another host, variable and agreement",
      () => ({
        connections: {
          newsletter: newsletter({
            baseUrl: thief.url,
            apiKey: { env: "HOME" },
            dataPrivacy: { ...AGREED, by: "X" },
          }),
        },
      }),
      [
        "untrusted-change connections.newsletter.baseUrl",
        "untrusted-change connections.newsletter.apiKey",
        "untrusted-change connections.newsletter.dataPrivacy",
      ],
    ],
    [
      "another type",
      () => ({ connections: { newsletter: newsletter({ type: "sendgrid", baseUrl: thief.url }) } }),
      ["untrusted-change connections.newsletter.type", "untrusted-change connections.newsletter.baseUrl"],
    ],
    [
      "the place and keys of state, the key of forgotten people, and limits",
      () => ({
        state: { path: "other", encryption: { key: { command: ["touch", marker()] } } },
        forget: { key: { command: ["touch", marker()] } },
        sql: { timeout: "9d", memory: "900GB" },
      }),
      ["untrusted-change state", "untrusted-change forget", "untrusted-change sql"],
    ],
    [
      "where notices go",
      () => ({
        notifiers: { mine: { type: "slack", url: { command: ["touch", marker()] } } },
      }),
      ["untrusted-change notifiers.mine"],
    ],
    [
      "roles and policies of one's own",
      () => ({
        roles: { admins: ["github:mallory"] },
        policies: { mine: { level: "mandatory", deny: "false", message: "m" } },
      }),
      ["untrusted-change roles", "untrusted-change policies.mine"],
    ],
  ])("%s", async (_name, yaml, warnings) => {
    await change(yaml());
    const asked = thief.arrived.length;
    const ended = await untrusted();
    expect(told(ended).sort()).toEqual([...warnings].sort());
    expect(planned(ended)).toMatchObject([{ name: "weekly", counts: { add: 2 } }]);
    expect(existsSync(marker())).toBe(false);
    expect(existsSync(join(project.folder, "other"))).toBe(false);
    expect(thief.arrived).toHaveLength(asked);
    expect(JSON.stringify(ended)).not.toContain(BREVO_KEY);
  });

  it("policies that the change takes out or weakens", async () => {
    const rule = { level: "mandatory", deny: "plan.adds > 1", message: "m" };
    await change({ policies: { gone: rule, weak: rule } });
    git("checkout", "-q", "-b", "guarded");
    git("commit", "-qam", "policies");
    await change({ policies: { weak: { ...rule, level: "advisory" } } });
    const ended = await untrusted("plan", { ref: "guarded" });
    expect(told(ended).sort()).toEqual([
      "untrusted-change policies.gone",
      "untrusted-change policies.weak.level",
    ]);
    expect(ended.plan?.policies).toMatchObject([
      { name: "gone", level: "mandatory", status: "violated" },
      { name: "weak", level: "mandatory", status: "violated" },
    ]);
  });

  it("files that the base does not allow", async () => {
    await writeFile(join(elsewhere, "peek.sql"), "SELECT 'canary' AS email");
    await writeFile(join(elsewhere, "part.yaml"), "timezone: Europe/Berlin\n");
    await change({
      allowPaths: [elsewhere],
      segments: { all: { source: "crm" }, peek: { sqlFile: join(elsewhere, "peek.sql") } },
      exports: { weekly: weekly({ segments: ["all", "peek"] }) },
    });
    const ended = await untrusted();
    expect(told(ended).sort()).toEqual([
      `path-outside ${join(elsewhere, "peek.sql")}`,
      "untrusted-change allowPaths",
    ]);
    await change({ allowPaths: [elsewhere], include: [join(elsewhere, "*.yaml")] });
    expect(told(await untrusted("validate"))).toContain(`include-outside ${join(elsewhere, "*.yaml")}`);
  });
});

it("an empty connection is as invalid as without --untrusted", async () => {
  await change({ connections: { newsletter: null } });
  expect(told(await untrusted())).toContain("untrusted-change connections.newsletter");
});

it("a file that the change names may not hold a key or be one of git's own", async () => {
  git("checkout", "-q", "-b", "filed");
  const filed = newsletter({ apiKey: { file: "production.key" } });
  await change({ connections: { newsletter: filed } });
  git("commit", "-qam", "filed");
  await project.write("production.key", `${BREVO_KEY}\n`);
  await symlink("production.key", join(project.folder, "innocent.sql"));
  const segment = (all: Yaml): Yaml => ({ segments: { all } });
  const said: string[] = [];
  for (const yaml of [
    segment({ sqlFile: "innocent.sql" }),
    segment({ addresses: "innocent.sql" }),
    {
      sources: { crm: { type: "files", path: "production.*", format: "csv" } },
      ...segment({ source: "crm", where: "x = 1" }),
    },
    { include: ["production.key"] },
    segment({ sqlFile: ".git/config" }),
    { include: [".git/config"] },
  ]) {
    await change({ connections: { newsletter: filed }, ...yaml });
    const ended = await untrusted("plan", { ref: "filed" });
    expect(JSON.stringify(ended)).not.toMatch(/canary|repositoryformatversion/);
    said.push(
      told(ended).find((one) => !one.startsWith("unused")) ?? planned(ended)[0]?.error?.message ?? "",
    );
  }
  // Nor is it any less a key when the change does not use its connection.
  await change({ connections: {}, ...segment({ sqlFile: "innocent.sql" }) });
  expect(told(await untrusted("validate", { ref: "filed" }))).toContain("path-secret innocent.sql");
  expect(said).toEqual([
    "path-secret innocent.sql",
    'Source "addresses of all" reads a file that the config takes a key from.',
    'Source "crm" reads a file that the config takes a key from.',
    "include-secret include",
    "path-outside .git/config",
    "include-outside .git/config",
  ]);
  await rm(join(project.folder, "innocent.sql"));
  await rm(join(project.folder, "production.key"));
});

it("a new connection is not opened, and the others are planned", async () => {
  await change({
    connections: {
      newsletter: newsletter({ displayName: "Nicer", suppressions: ["all"] }),
      mine: newsletter({ type: "sendgrid", baseUrl: thief.url, apiKey: { command: ["touch", marker()] } }),
    },
    exports: { weekly: weekly(), stolen: weekly({ connection: "mine", list: "x" }) },
  });
  const ended = await untrusted();
  expect(told(ended)).toEqual(["needs-trust mine"]);
  const [first, second] = planned(ended);
  expect(first).toMatchObject({ name: "weekly", counts: { add: 0, heldBack: { suppressed: 2 } } });
  expect(second).toMatchObject({ name: "stolen", error: { kind: "refused" }, awaitsTrust: true });
  expect(existsSync(marker())).toBe(false);
  expect(thief.arrived).toEqual([]);
});

it("a config that is new or was renamed has nothing to trust", async () => {
  git("mv", "exports.config.yaml", "exports.config.yml");
  const ended = await untrusted();
  expect(told(ended)).toEqual(["needs-trust newsletter"]);
  expect(planned(ended)).toMatchObject([{ error: { kind: "refused" } }]);
  git("reset", "-q", "--hard");
});

it("connections may move between files, and a script of the checkout is never run", async () => {
  const script = { command: [join(project.folder, "secret.sh")] };
  git("checkout", "-q", "-b", "scripted");
  await change({ include: ["parts/*.yaml"], connections: {} });
  const part = (apiKey: Yaml): Promise<void> =>
    project.write("parts/c.yaml", JSON.stringify({ connections: { newsletter: newsletter({ apiKey }) } }));
  const refusals: string[] = [];
  for (const apiKey of [script, { command: ["sh", "secret.sh"] }, { command: ["./secret.sh"] }]) {
    await part(apiKey);
    git("add", ".");
    git("commit", "-qm", "scripted");
    const ended = await untrusted("plan", { ref: "scripted" });
    expect(told(ended)).toEqual([]);
    refusals.push(planned(ended)[0]?.error?.kind ?? "none");
    expect(existsSync(marker())).toBe(false);
  }
  expect(refusals).toEqual(["auth", "auth", "auth"]);
  await part({ env: "PRODUCTION_KEY" });
  expect(told(await untrusted("validate", { ref: "main" }))).toEqual([]);
  git("add", ".");
  git("commit", "-qm", "plain");
  await project.write("parts/c.yaml", JSON.stringify({ connections: {} }));
  await project.config(base());
  expect(told(await untrusted("validate", { ref: "scripted" }))).toEqual([]);
});

it("git runs nothing that the checkout brings along", async () => {
  const trap = join(elsewhere, "trap.sh");
  await writeFile(trap, `#!/bin/sh\ntouch ${marker()}\ncat\n`, { mode: 0o755 });
  for (const key of ["core.fsmonitor", "filter.trap.smudge", "filter.trap.clean", "diff.trap.textconv"])
    git("config", key, trap);
  await project.write(".gitattributes", "*.yaml filter=trap diff=trap\n");
  await writeFile(join(project.folder, ".git/hooks/post-checkout"), `#!/bin/sh\ntouch ${marker()}\n`, {
    mode: 0o755,
  });
  expect(told(await untrusted())).toEqual([]);
  expect(existsSync(marker())).toBe(false);
  await rm(join(project.folder, ".git/hooks/post-checkout"));
  await rm(join(project.folder, ".gitattributes"));
  for (const key of ["core.fsmonitor", "filter.trap.smudge", "filter.trap.clean", "diff.trap.textconv"])
    git("config", "--unset", key);
});

it("the base is the commit where the change left its target, and without one nothing is done", async () => {
  git("checkout", "-q", "-b", "change");
  await change({ timezone: "Europe/Berlin" });
  git("commit", "-qam", "change");
  git("checkout", "-q", "main");
  // The target has moved on meanwhile; the change does not have that.
  await change({ connections: { newsletter: newsletter({ rateLimits: "general" }) } });
  git("commit", "-qam", "later");
  git("update-ref", "refs/remotes/origin/release", "HEAD");
  git("reset", "-q", "--hard", "HEAD~1");
  git("checkout", "-q", "change");
  expect(told(await untrusted("validate", { target: "release" }))).toEqual([]);
  expect(told(await untrusted("validate", { ref: "origin/release" }))).toEqual([
    "untrusted-change connections.newsletter.rateLimits",
  ]);
  // A tag of the author's own, which git would take for the branch of that name.
  git("tag", "origin/release", "change");
  expect(told(await untrusted("validate", { target: "release" }))).toEqual([]);
  const twofold = await untrusted("validate", { ref: "origin/release" });
  expect(twofold.failure?.message).toBe("The base origin/release is more than one thing in this checkout.");
  expect(told(await untrusted("validate", { ref: "refs/remotes/origin/release" }))).toHaveLength(1);
  git("tag", "origin/HEAD", "change");
  await change({ connections: { newsletter: newsletter({ rateLimits: "general" }) } });
  expect(told(await untrusted("validate"))).toEqual(["untrusted-change connections.newsletter.rateLimits"]);
  git("tag", "-d", "origin/release", "origin/HEAD");
  for (const wish of [
    { ref: "nowhere" },
    { ref: `--output=${marker()}` },
    { ref: "HEAD:profiles.csv" },
    { target: "gone" },
  ]) {
    const { failure } = await untrusted("plan", wish);
    expect([failure?.kind, failure?.message]).toEqual([
      "invalid",
      expect.stringContaining("cannot be found in this checkout"),
    ]);
  }
  expect(existsSync(marker())).toBe(false);
});

it("the base branch of today is trusted, and not a commit of it that was reverted", async () => {
  git("checkout", "-q", "-b", "rebased");
  const mine = { connections: { newsletter: newsletter({ baseUrl: thief.url, rateLimits: "general" }) } };
  await change(mine);
  git("commit", "-qam", "as a merge by rebase leaves it");
  git("tag", "taken-back");
  await change({});
  git("commit", "-qam", "the change after it");
  git("update-ref", "refs/remotes/origin/rebased", "HEAD");
  git("checkout", "-q", "--detach", "taken-back");
  await change({ ...mine, timezone: "Europe/Berlin" });
  git("commit", "-qam", "built on what was taken back");
  const asked = thief.arrived.length;
  const ended = await untrusted("plan", { target: "rebased" });
  // It changed none of that itself, and it is ignored.
  expect(told(ended)).toEqual([]);
  expect(planned(ended)).toMatchObject([{ name: "weekly", counts: { add: 2 } }]);
  expect(thief.arrived).toHaveLength(asked);
  git("tag", "-d", "taken-back");
});

it("everybody who wrote a commit of the change since its base is an author", async () => {
  git("checkout", "-q", "-b", "by-two");
  for (const name of ["anna", "ben"])
    git("-c", `user.email=${name}@example.com`, "commit", "-q", "--allow-empty", "-m", name);
  const { file } = await plan({
    cwd: project.folder,
    untrusted: { target: "main" },
    save: { base: undefined },
    emit: () => undefined,
    signal: new AbortController().signal,
  });
  expect(file?.authors).toEqual(["anna@example.com", "ben@example.com"]);
});

it("--untrusted goes only with commands that read, and never with whole addresses", async () => {
  const { code: planned, stdout } = await rollcall(["plan", "--untrusted", "--json"], {
    cwd: project.folder,
    env: { PRODUCTION_KEY: BREVO_KEY, GITHUB_BASE_REF: "release" },
  });
  expect([planned, /"code":"untrusted|"code":"needs/.test(stdout)]).toEqual([0, false]);
  const options = { cwd: project.folder, env: { PRODUCTION_KEY: BREVO_KEY } };
  for (const [words, message] of [
    [["apply", "--auto-approve", "--untrusted"], "apply has no --untrusted"],
    [["plan", "--untrusted", "--reveal"], "do not go together"],
    [["plan", "--base", "main"], "--base is only for --untrusted"],
  ] as [string[], string][]) {
    const { code, stderr } = await rollcall(words, options);
    expect(code).toBe(3);
    expect(stderr).toContain(message);
  }
  const { code, stderr } = await rollcall(["validate", "--untrusted"], { cwd: elsewhere });
  expect([code, stderr]).toEqual([3, expect.stringMatching(/no exports.config.yaml|no git checkout/)]);
});
