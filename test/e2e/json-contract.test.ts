import { execFileSync } from "node:child_process";
import { mkdir } from "node:fs/promises";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { RESULT_COMMANDS } from "../../src/report/machine-readable/result-commands.js";
import { type Project, openProject } from "../support/project.js";
import { type Ended, rollcall, start } from "../support/rollcall.js";

let project: Project;
const seen = new Set<string>();

beforeAll(async () => {
  project = await openProject();
  await project.profiles([
    { email: "canary.one@example.com", name: "Ann" },
    { email: "canary.two@example.com", name: "Bob" },
    { email: "broken", name: "Eve" },
  ]);
  await project.write("state.key", Buffer.alloc(32, 7).toString("base64"));
  await project.write("forget.key", Buffer.alloc(32, 9).toString("base64"));
  await project.write("lists/partners.csv", "email,name\nstranger@example.com,Zoe\n");
  await project.write("lists/others.csv", "email\nsomebody@example.com\n");
  const common = { connection: "file", segments: ["everyone"], match: { email: "email" } };
  await project.config({
    state: { encryption: { key: { file: "state.key" } } },
    forget: { key: { file: "forget.key" } },
    segments: { everyone: { source: "crm" } },
    exports: {
      weekly: { ...common, list: { name: "weekly", create: true }, attributes: { name: "name" } },
      partners: { ...common, list: { name: "partners" } },
    },
  });
});
afterAll(() => project.stop());

/** Runs it with `--json`; that every line fits its schema is checked wherever tests do that. */
async function run(code: number, ...words: string[]): Promise<Ended> {
  const ended = await rollcall([...words, "--json"], { cwd: project.folder });
  expect(ended, ended.stderr).toMatchObject({ code });
  whole(ended);
  return ended;
}

function whole({ code, events, stdout }: Ended): void {
  expect(events[0]).toMatchObject({ type: "version", format: "1.0" });
  expect(events.at(-1)).toMatchObject({ type: "end", exitCode: code });
  expect(events.filter(({ type }) => type === "version" || type === "end")).toHaveLength(2);
  expect(stdout).not.toContain("canary");
  for (const { type, command } of events) if (type === "result") seen.add(command as string);
}

test("every command prints events of the schema, with the version first and the end last", async () => {
  await run(0, "validate");
  await run(0, "env", "list");
  await run(0, "graph");
  await run(0, "plan", "--out", "saved.plan");
  await run(0, "show", "saved.plan");
  await run(0, "apply", "--auto-approve");
  await run(0, "drift");
  await run(0, "drift", "--record");
  await run(0, "adopt", "partners", "--auto-approve");
  await run(0, "adopt", "--generate", "--connection", "file");
  await run(0, "plan", "--due");
  await run(0, "apply", "--due", "--auto-approve");
  await run(0, "status");
  await run(0, "history");
  await run(0, "rejected");
  await run(0, "sources", "list");
  await run(0, "sources", "test");
  await run(0, "sources", "preview", "crm");
  await run(0, "connections", "list");
  await run(0, "connections", "consent", "file");
  await run(0, "connections", "test", "file");
  await run(0, "lock", "list");
  await run(0, "state", "new-key");
  await run(0, "state", "list");
  await run(0, "state", "show", "weekly");
  await run(0, "state", "mv", "weekly", "monthly", "--dry-run");
  await run(0, "state", "rm", "weekly", "--dry-run");
  await run(0, "state", "rekey");
  await run(0, "state", "gc", "--dry-run");
  await run(0, "state", "pull", "backup");
  await run(0, "state", "push", "backup", "--dry-run");
  await run(0, "forget", "stranger@example.com", "--dry-run");
  await run(0, "forget", "stranger@example.com", "--auto-approve");
  await run(0, "schema", "drift");
  await run(0, "fmt");
});

test("a command that fails or is not understood prints events of the schema", async () => {
  await run(3, "plan", "--no-such-option");
  await run(3, "apply");
  await project.write("bad.yaml", "version: 1\nexports: {a: {}}\n");
  const { events } = await run(3, "validate", "--config", "bad.yaml");
  expect(events.some(({ type }) => type === "diagnostic")).toBe(true);
  await run(3, "plan", "--config", "nowhere.yaml");
});

test("init, the sandbox and serve print events of the schema", async () => {
  await mkdir(join(project.folder, "fresh"));
  execFileSync("git", ["init", "-q", join(project.folder, "fresh")]);
  await run(0, "init", "-C", "fresh");
  await running("sandbox", "--port", "0");
  await running("serve", "--listen", "127.0.0.1:0");
});

/** Runs what goes on until it is stopped, and stops it once it has said where it is. */
async function running(...words: string[]): Promise<void> {
  const { child, ended } = start([...words, "--json"], { cwd: project.folder });
  child.stdout?.once("data", () => child.stdout?.once("data", () => child.kill("SIGTERM")));
  whole(await ended);
}

test("every command that has a result is covered", () => {
  // They take a receiver, a signature, a vendor, a lock or a run of a machine that died, environments, another place, and a lost key.
  const elsewhere = [
    "notify test",
    "approve",
    "connections verify",
    "lock release",
    "state abandon",
    "env diff",
    "state migrate",
    "state replace-forget-key",
  ];
  const missing = RESULT_COMMANDS.filter((command) => !seen.has(command) && !elsewhere.includes(command));
  expect(missing).toEqual([]);
});
