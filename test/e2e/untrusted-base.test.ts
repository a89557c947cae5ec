import { execFileSync } from "node:child_process";
import { existsSync } from "node:fs";
import { chown, cp, mkdir, mkdtemp, realpath, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from "vitest";
import { startFaultServer, type FaultServer } from "../support/fault-server.js";
import { ATTACKS, type Attack, type Checkout, lookAlike } from "../support/git-attacks.js";
import { BREVO_KEY, openProject, type Project, type Yaml } from "../support/project.js";
import { remoteOf } from "../support/remote.js";
import { rollcall } from "../support/rollcall.js";
import { Failure } from "../../src/model/failure.js";
import { plan } from "../../src/usecases/plan.js";
import { validate } from "../../src/usecases/validate.js";

let project: Project;
let thief: FaultServer;
let seed: string;
let folder: string;
let list: string;

const gitIn =
  (cwd: string) =>
  (...words: string[]): string =>
    execFileSync("git", ["-c", "user.name=T", "-c", "user.email=t@example.com", ...words], {
      cwd,
      encoding: "utf8",
      stdio: ["ignore", "pipe", "ignore"],
    }).trim();

const config = (more: Yaml): string =>
  JSON.stringify({
    version: 1,
    connections: {
      newsletter: {
        type: "brevo",
        apiKey: { env: "PRODUCTION_KEY" },
        baseUrl: project.sandbox.brevoUrl,
        rateLimits: "none",
        dataPrivacy: { agreed: true, by: "Anna Example", on: "2026-11-01" },
        ...more,
      },
    },
    sources: { crm: { type: "files", path: "profiles.csv" } },
    segments: { all: { source: "crm" } },
    exports: {
      weekly: { connection: "newsletter", list, segments: ["all"], match: { email: "email" } },
    },
  });
/** Of whoever wants to know the key; with `beside`, where to leave a mark. */
const stolen = (beside: string): string =>
  config({ baseUrl: thief.url, apiKey: { command: ["sh", "-c", `touch ${beside}/ran; echo key`] } });

/** A checkout of the change in a folder of its own. */
async function checkOut(): Promise<Checkout> {
  const top = join(folder, "change");
  const beside = join(folder, "beside");
  await cp(seed, top, { recursive: true });
  await mkdir(beside);
  const git = gitIn(top);
  await writeFile(join(top, "lists/exports.config.yaml"), stolen(beside));
  git("commit", "-qam", "evil");
  return { top, beside, git, main: git("rev-parse", "main"), evil: git("rev-parse", "HEAD") };
}

beforeAll(async () => {
  project = await openProject();
  thief = await startFaultServer([{ status: 200, body: "{}" }]);
  list = await remoteOf(project, "brevo").addList("customers");
  seed = await realpath(await mkdtemp(join(tmpdir(), "rollcall-seed-")));
  const git = gitIn(seed);
  git("init", "-q", "-b", "main");
  await mkdir(join(seed, "lists"));
  await writeFile(join(seed, "lists/profiles.csv"), "email\na@example.com\n");
  await writeFile(join(seed, "lists/exports.config.yaml"), config({}));
  git("add", ".");
  git("commit", "-qm", "base");
  git("update-ref", "refs/remotes/origin/main", "HEAD");
  git("checkout", "-q", "-b", "change");
});
afterAll(async () => {
  await thief.close();
  await rm(seed, { recursive: true, force: true });
  await project.stop();
});
beforeEach(async () => {
  folder = await realpath(await mkdtemp(join(tmpdir(), "rollcall-attack-")));
  vi.stubEnv("PRODUCTION_KEY", BREVO_KEY);
});
afterEach(async () => {
  vi.unstubAllEnvs();
  await rm(folder, { recursive: true, force: true });
});

/** What `plan` and `validate` say: each code, or why they refuse. */
async function told(cwd: string, wish: { ref?: string; target?: string }): Promise<string[]> {
  const options = { cwd, untrusted: wish, signal: new AbortController().signal };
  const said = async (work: () => Promise<{ diagnostics: readonly { code: string }[] }>): Promise<string> => {
    try {
      return (await work()).diagnostics.map(({ code }) => code).join(" ");
    } catch (error) {
      if (!(error instanceof Failure)) throw error;
      return `${error.kind}: ${error.message}`;
    }
  };
  return [
    await said(() => validate(options)),
    await said(async () => {
      const result = await plan({ ...options, emit: () => undefined });
      // With the base's key, at the base's address.
      expect(result.plan?.exports).toMatchObject([{ name: "weekly", counts: { add: 1 } }]);
      return result;
    }),
  ];
}

describe("--untrusted reads the real base or refuses, and runs and opens nothing of a change that brings", () => {
  it.each(ATTACKS.map((attack): [string, Attack] => [attack.name, attack]))(
    "%s",
    async (_name, { bring, outcome, ref, noTarget, env, from = "change/lists" }) => {
      const checkout = await checkOut();
      await bring(checkout);
      for (const [name, value] of Object.entries(env?.(checkout) ?? {})) vi.stubEnv(name, value);
      const wish =
        ref !== undefined
          ? { ref: typeof ref === "string" ? ref : ref(checkout) }
          : noTarget === true
            ? {}
            : { target: "main" };
      const cwd = join(folder, from);
      const arrived = thief.arrived.length;
      for (const said of await told(cwd, wish))
        if (outcome === "base") expect(said).toBe("untrusted-change untrusted-change");
        else expect(said).toMatch(new RegExp(`^invalid: .*${outcome.source}`));
      expect(existsSync(join(checkout.beside, "ran"))).toBe(false);
      expect(thief.arrived).toHaveLength(arrived);
    },
  );
});

it("the installed command ignores a trap in the folder that it is started in", async () => {
  const checkout = await checkOut();
  await lookAlike(checkout, join(checkout.top, "lists"));
  const env = { PRODUCTION_KEY: BREVO_KEY, GITHUB_BASE_REF: "main" };
  for (const command of ["plan", "validate"]) {
    const ended = await rollcall([command, "--untrusted"], { cwd: join(checkout.top, "lists"), env });
    expect([command, ended.code, ended.stdout + ended.stderr]).toEqual([
      command,
      0,
      expect.stringContaining(`differs from origin/main (${checkout.main.slice(0, 7)})`),
    ]);
  }
  expect(existsSync(join(checkout.beside, "ran"))).toBe(false);
});

it.skipIf(process.getuid?.() !== 0)("git decides whose checkouts are trusted", async () => {
  const checkout = await checkOut();
  await chown(checkout.top, 4711, 4711);
  await chown(join(checkout.top, ".git"), 4711, 4711);
  const cwd = join(checkout.top, "lists");
  for (const said of await told(cwd, { target: "main" })) expect(said).toMatch(/does not trust the owner/);
  const safe = { COUNT: "1", KEY_0: "safe.directory", VALUE_0: checkout.top };
  for (const [name, value] of Object.entries(safe)) vi.stubEnv(`GIT_CONFIG_${name}`, value);
  for (const said of await told(cwd, { target: "main" })) expect(said).toMatch(/^untrusted-change/);
});
