import { execFileSync } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import { mkdtemp, rm, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Command } from "commander";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Outcome } from "../../src/cli/command.js";
import { createProgram } from "../../src/cli/program.js";
import { startFaultServer, type FaultServer } from "../support/fault-server.js";
import { BREVO_KEY, openProject, type Project, type Yaml } from "../support/project.js";
import { remoteOf } from "../support/remote.js";
import { project as root } from "../support/rollcall.js";

/** What docs/ci.md says of each command that takes --untrusted. */
const TABLE = /<!-- unreviewed -->\n\n([^]*?)\n\n/.exec(readFileSync(join(root, "docs/ci.md"), "utf8"))?.[1];
const ROWS = (TABLE ?? "")
  .split("\n")
  .slice(2)
  .map((line) => line.split("|").map((cell) => cell.trim()))
  .map(([, command = "", keys = ""]) => ({ command: command.replaceAll("`", ""), keys }));
/** The words after those of the table that a command cannot do without. */
const MORE: Readonly<Record<string, readonly string[]>> = {
  "env diff": ["production", "staging"],
  "connections consent": ["newsletter"],
  fmt: ["--check", "--diff"],
};
/** Words of the table that are options and no command. */
const nameOf = (command: string): string => command.replace(/ --.*/, "");

function* leaves(command: Command, path: readonly string[] = []): Generator<[string, Command]> {
  for (const child of command.commands)
    if (child.commands.length === 0) yield [[...path, child.name()].join(" "), child];
    else yield* leaves(child, [...path, child.name()]);
}
const takesIt = (command: Command): boolean =>
  command.options.some(({ long, hidden }) => long === "--untrusted" && !hidden);

let project: Project;
let thief: FaultServer;
let elsewhere: string;
const marker = (): string => join(elsewhere, "ran");
const base = (): Record<string, Yaml> => ({
  connections: {
    newsletter: {
      type: "brevo",
      apiKey: { env: "PRODUCTION_KEY" },
      baseUrl: project.sandbox.brevoUrl,
      rateLimits: "none",
      dataPrivacy: { agreed: true, by: "Anna Example", on: "2026-11-01" },
    },
  },
  forget: { key: { file: "keys/forget.key" } },
  sources: { crm: { type: "files", path: "profiles.csv" } },
  segments: { all: { source: "crm" } },
  exports: {
    weekly: {
      connection: "newsletter",
      list: { name: "Weekly", create: true },
      segments: ["all"],
      match: { email: "email" },
    },
  },
  environments: {
    production: {},
    staging: { exports: { weekly: { list: { name: "Weekly (staging)", create: true } } } },
  },
});

const ENVIRONMENT = { PRODUCTION_KEY: BREVO_KEY, GITHUB_BASE_REF: "main", ROLLCALL_ENV: "production" };

beforeAll(async () => {
  Object.assign(process.env, ENVIRONMENT);
  project = await openProject();
  elsewhere = await mkdtemp(join(tmpdir(), "rollcall-elsewhere-"));
  thief = await startFaultServer([{ status: 200, body: "{}" }]);
  await remoteOf(project, "brevo").addList("Weekly");
  await project.profiles([{ email: "a@example.com" }]);
  await project.write("keys/forget.key", "canarykeyofthecheckout0123456789abcdef\n");
  await project.write("base.test.yaml", "cases:\n  - name: all\n    expect: {segments: {all: {count: 0}}}\n");
  await project.config(base());
  const who = ["-c", "user.name=T", "-c", "user.email=t@example.com"];
  for (const words of [
    ["init", "-q", "-b", "main"],
    ["add", "."],
    [...who, "commit", "-qm", "base"],
    ["update-ref", "refs/remotes/origin/main", "HEAD"],
  ])
    execFileSync("git", words, { cwd: project.folder });
});
afterAll(async () => {
  for (const name of Object.keys(ENVIRONMENT)) delete process.env[name];
  await thief.close();
  await rm(elsewhere, { recursive: true, force: true });
  await project.stop();
});

it("the page about unreviewed changes names every command that takes --untrusted, and every one that must not be used", () => {
  const all = [...leaves(createProgram({ code: 0 }))];
  const taking = all.filter(([, command]) => takesIt(command)).map(([name]) => name);
  expect([...new Set(ROWS.map(({ command }) => nameOf(command)))].sort()).toEqual(taking.sort());
  const page = readFileSync(join(root, "docs/ci.md"), "utf8");
  const [, others = ""] = /<!-- reviewed only -->\n\n([^]*?)\n\n/.exec(page) ?? [];
  const named = [...others.matchAll(/`([a-z- ]+)`/g)].map(([, name]) => name);
  const rest = all.filter(([name]) => !taking.includes(name)).map(([name]) => name);
  expect(named.sort()).toEqual(rest.sort());
});

/** In this process, which is faster; what is written is read on its way out. */
async function run(words: readonly string[]): Promise<{ code: number; said: string }> {
  const streams = [process.stdout, process.stderr];
  const write = streams.map((stream) => stream.write.bind(stream));
  let said = "";
  for (const stream of streams)
    stream.write = (text: string | Uint8Array): boolean => {
      said += String(text);
      return true;
    };
  const outcome: Outcome = { code: 0 };
  try {
    await createProgram(outcome).parseAsync(words, { from: "user" });
  } finally {
    for (const [index, stream] of streams.entries()) stream.write = write[index] as typeof stream.write;
  }
  return { code: outcome.code, said };
}

describe.each(ROWS)("$command", ({ command, keys }) => {
  /** What the command says of a change that somebody hostile wrote. */
  async function look(change: Record<string, Yaml>): Promise<{ code: number; said: string }> {
    await project.config({ ...base(), ...change });
    const asked = [thief.arrived.length, project.exchanges.length];
    const words = [...command.split(" "), ...(MORE[nameOf(command)] ?? []), "--untrusted"];
    const { code, said } = await run([...words, "-C", project.folder]);
    expect(said).not.toMatch(/unknown option|canary/);
    expect(thief.arrived).toHaveLength(asked[0] ?? 0);
    expect(existsSync(marker())).toBe(false);
    if (keys === "none") expect(project.exchanges).toHaveLength(asked[1] ?? 0);
    return { code, said };
  }

  it("sends no key elsewhere, and runs no program of the change", async () => {
    const ran = { command: ["touch", marker()] };
    const { code, said } = await look({
      connections: {
        newsletter: { ...(base()["connections"]?.["newsletter"] as Yaml), baseUrl: thief.url, apiKey: ran },
      },
      state: { path: "other", encryption: { key: ran } },
      forget: { key: ran },
      notifiers: { mine: { type: "slack", url: ran } },
    });
    // What `fmt` would change, and cases that fail, are not a failure here.
    expect([0, 1, 3]).toContain(code);
    if (!["fmt", "test"].includes(command)) expect(said).toMatch(/untrusted-change/);
    expect(existsSync(join(project.folder, "other"))).toBe(false);
  });

  it("reads no file elsewhere, whatever allowPaths says", async () => {
    await writeFile(join(elsewhere, "part.yaml"), "exports:\n  canaryname: 1\n  canary sql: [\n");
    const { said } = await look({
      allowPaths: ["/"] as unknown as Yaml,
      include: [join(elsewhere, "part.yaml"), join(elsewhere, "gone.yaml")] as unknown as Yaml,
    });
    // Not even whether it is there.
    if (command !== "fmt") expect(said.match(/include-outside/g)).toHaveLength(2);
  });

  it("reveals nothing of a file elsewhere, or of one with a key, that is named as SQL", async () => {
    await writeFile(join(elsewhere, "token"), "canarytoken0123456789\n");
    await rm(join(project.folder, "innocent.sql"), { force: true });
    await symlink("keys/forget.key", join(project.folder, "innocent.sql"));
    const { code } = await look({
      allowPaths: ["/"] as unknown as Yaml,
      forget: undefined as unknown as Yaml,
      segments: {
        all: { source: "crm" },
        one: { sqlFile: "innocent.sql" },
        two: { sqlFile: join(elsewhere, "token") },
      },
    });
    expect(code).toBe(3);
  });
});
