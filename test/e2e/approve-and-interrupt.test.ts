import { spawn, spawnSync } from "node:child_process";
import { cp, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { startSandbox, type Sandbox } from "../../src/sandbox/index.js";
import { project, rollcall } from "../support/rollcall.js";

const env = { BREVO_API_KEY: "sandbox-brevo-key", SENDGRID_API_KEY: "SG.sandbox-key" };
const main = join(project, "dist/command/rollcall.js");
const pseudoTerminal = spawnSync("script", ["--version"]).status === 0;

let cwd: string;
let sandbox: Sandbox;
beforeEach(async () => {
  sandbox = await startSandbox({ limits: "none", delays: { jobMs: 400, visibleMs: 0 } });
  cwd = await mkdtemp(join(tmpdir(), "rollcall-interrupt-"));
  await cp(join(project, "examples/many-exports"), cwd, { recursive: true });
  const config = join(cwd, "exports.config.yaml");
  await writeFile(config, (await readFile(config, "utf8")).replaceAll("http://127.0.0.1:8025", sandbox.url));
});
afterEach(async () => {
  await sandbox.stop();
  await rm(cwd, { recursive: true });
});

/** Applies on a terminal and gives this answer; tells the exit code and everything that was shown. */
async function answer(text: string): Promise<{ code: number | null; shown: string }> {
  const child = spawn(
    "script",
    ["-qec", `"${process.execPath}" "${main}" apply --target phone_list`, "/dev/null"],
    {
      cwd,
      env: { ...process.env, ...env },
    },
  );
  let shown = "";
  child.stdout.on("data", (part: Buffer) => {
    const before = shown;
    shown += part.toString();
    if (!before.includes("is accepted:") && shown.includes("is accepted:")) child.stdin.write(text);
  });
  const code = await new Promise<number | null>((resolve) => child.once("close", resolve));
  return { code, shown };
}

test.each(["y\r", "YES\r", "\r", "\u0003"])(
  "the answer %j is not an approval and nothing is changed",
  async (text) => {
    const { code, shown } = await answer(text);
    expect(code, shown).toBe(130);
    const plan = await rollcall(["plan", "--target", "phone_list", "--detailed-exitcode"], { cwd, env });
    expect(plan.code, plan.stderr).toBe(2);
  },
);

test("the answer yes is", async () => {
  const { code, shown } = await answer("yes\r");
  expect(code, shown).toBe(0);
  expect(shown).toContain("Apply complete: 4 added");
});

test("Ctrl-C finishes what is in flight, ends with 130, and the next apply goes on", async () => {
  const child = spawn(process.execPath, [main, "apply", "--auto-approve", "--json"], {
    cwd,
    env: { ...process.env, ...env },
    stdio: ["ignore", "pipe", "pipe"],
  });
  let events = "";
  let text = "";
  let asked = false;
  child.stderr.on("data", (part: Buffer) => (text += part.toString()));
  child.stdout.on("data", (part: Buffer) => {
    events += part.toString();
    if (asked || !events.includes('"type":"batch"')) return;
    asked = true;
    child.kill("SIGINT");
  });
  const code = await new Promise((resolve) => child.once("close", resolve));
  expect(code, text).toBe(130);
  expect(text).toContain("Press Ctrl-C again");
  expect(events.trimEnd().split("\n").at(-1)).toContain('"type":"end"');
  const next = await rollcall(["apply", "--auto-approve"], { cwd, env });
  expect(next.code, next.stderr + next.stdout).toBe(0);
  expect((await rollcall(["plan", "--detailed-exitcode"], { cwd, env })).code).toBe(0);
});

if (!pseudoTerminal) {
  beforeEach(({ skip, task }) =>
    skip(task.name.startsWith("the answer"), "there is no `script` for a pseudo terminal"),
  );
}
