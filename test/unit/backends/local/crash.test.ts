import { spawn, type ChildProcess } from "node:child_process";
import { mkdtemp, readdir, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { afterEach, beforeEach, expect, test } from "vitest";
import { LocalBackend } from "../../../../src/backends/local/local-backend.ts";
import { LeaseHeld } from "../../../../src/plugin/state-backend.ts";

const script = fileURLToPath(new URL("../../../support/state-child.mjs", import.meta.url));
const signal = new AbortController().signal;
const info = {
  operation: "apply",
  who: "anna@host",
  pid: 1,
  subject: { account: "brevo:42", label: "Acme", connections: ["main"] },
};
let parent: string;
let folder: string;

beforeEach(async () => {
  parent = await mkdtemp(join(tmpdir(), "rollcall-test-"));
  folder = join(parent, ".rollcall");
});
afterEach(() => rm(parent, { recursive: true, force: true }));

/** Starts a child that writes until it is killed, some time after its first word; gives back what it said was done. */
async function killed(task: string, afterMs: number): Promise<string[]> {
  const child = spawn(process.execPath, [script, task, folder], { stdio: ["ignore", "pipe", "inherit"] });
  let said = "";
  child.stdout.setEncoding("utf8").on("data", (text: string) => (said += text));
  await new Promise((resolve) => child.stdout.once("data", resolve));
  await delay(afterMs);
  await end(child);
  return said.split("\n").slice(0, -1);
}

async function end(child: ChildProcess): Promise<void> {
  const gone = new Promise((resolve) => child.once("close", resolve));
  child.kill("SIGKILL");
  await gone;
}

test("a process killed in the middle of root writes loses nothing that it was told is stored", async () => {
  let last = 0;
  for (const afterMs of [0, 3, 7, 12, 20, 31]) {
    const confirmed = (await killed("roots", afterMs)).map(Number);
    const root = await new LocalBackend(folder).readRoot(signal);
    const [number, letters = ""] = Buffer.from(root?.bytes ?? [])
      .toString()
      .split(" ");
    expect(Number(number)).toBeGreaterThanOrEqual(confirmed.at(-1) ?? Infinity);
    expect(Number(number)).toBeGreaterThan(last);
    last = Number(number);
    expect(letters).toBe(String.fromCharCode(97 + (last % 26)).repeat(1e6));
  }
});

test("a process killed in the middle of blob writes leaves whole blobs, and its temporary file is swept", async () => {
  for (const afterMs of [0, 5, 11, 17]) {
    const confirmed = await killed("blobs", afterMs);
    const backend = new LocalBackend(folder);
    const stored: string[] = [];
    for await (const { name } of backend.listBlobs("", signal)) stored.push(name);
    expect(stored).toEqual(expect.arrayContaining(confirmed));
    for (const name of stored) {
      const letter = String.fromCharCode(97 + (Number(name.split("-").at(-1)) % 26));
      const bytes = Buffer.from(await backend.readBlob(name, signal));
      expect(bytes.equals(Buffer.alloc(4e6, letter))).toBe(true);
      await backend.deleteBlob(name, signal);
    }
    expect(await readdir(join(folder, "tmp"))).toEqual([]);
  }
});

test("the lock of a killed process is not waited for, and that of a living one is", async () => {
  const child = spawn(process.execPath, [script, "lease", folder, "account-1"], {
    stdio: ["ignore", "pipe", "inherit"],
  });
  const backend = new LocalBackend(folder);
  try {
    await new Promise((resolve) => child.stdout.once("data", resolve));
    await expect(backend.acquireLease("account-1", info, 60_000, signal)).rejects.toBeInstanceOf(LeaseHeld);
  } finally {
    await end(child);
  }
  const lease = await backend.acquireLease("account-1", info, 60_000, signal);
  // What it had begun when it was killed may still be under way, but not longer than from now on.
  expect(lease.lapsed?.until ?? "").toMatch(/^\d{4}-/);
  expect(Date.parse(lease.lapsed?.until ?? "")).toBeLessThanOrEqual(Date.now());
  expect((await backend.leases(signal)).map((held) => held.id)).toEqual([lease.id]);
});
