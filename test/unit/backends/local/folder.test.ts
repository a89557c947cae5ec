import { execFileSync } from "node:child_process";
import { chmod, mkdir, mkdtemp, readdir, rm, stat, utimes, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { afterEach, beforeEach, expect, test } from "vitest";
import { LocalBackend } from "../../../../src/backends/local/local-backend.ts";
import { DurableFiles } from "../../../../src/backends/local/durable.ts";
import { Versions } from "../../../../src/backends/local/versions.ts";
import { processIdentity } from "../../../../src/platform/process-identity.ts";

const script = fileURLToPath(new URL("../../../support/state-child.mjs", import.meta.url));
const signal = new AbortController().signal;
let parent: string;
let folder: string;

beforeEach(async () => {
  parent = await mkdtemp(join(tmpdir(), "rollcall-test-"));
  folder = join(parent, ".rollcall");
});
afterEach(() => rm(parent, { recursive: true, force: true }));

async function everything(path: string): Promise<{ name: string; mode: string }[]> {
  const found = [];
  for (const name of ["", ...(await readdir(path, { recursive: true }))]) {
    const { mode } = await stat(join(path, name));
    found.push({ name, mode: (mode & 0o7777).toString(8) });
  }
  return found;
}

test("the backend makes folders 0700 and files 0600, whatever the umask", async () => {
  const before = process.umask(0);
  try {
    const backend = new LocalBackend(folder);
    await backend.writeRoot(Buffer.from("x"), undefined, signal);
    await backend.putBlob("journal/1/r/000001.json", { bytes: Buffer.from("x") }, signal);
    await backend.acquireLease(
      "account-1",
      {
        operation: "apply",
        who: "a@b",
        pid: 1,
        subject: { account: "brevo:1", label: "1", connections: [] },
      },
      1000,
      signal,
    );
    await backend.getBlob("journal/1/r/000001.json", join(folder, "copy"), signal);
  } finally {
    process.umask(before);
  }
  const modes = new Set((await everything(folder)).map(({ mode }) => mode));
  expect([...modes].sort()).toEqual(["600", "700"]);
});

test("reading creates nothing", async () => {
  const backend = new LocalBackend(folder);
  await backend.readRoot(signal);
  await backend.leases(signal);
  for await (const _ of backend.listBlobs("", signal)) expect.unreachable();
  expect(await readdir(parent)).toEqual([]);
});

test("temporary files of live processes stay, and those of dead ones and old ones from other machines go", async () => {
  const temp = join(folder, "tmp");
  await mkdir(temp, { recursive: true });
  const [machine] = processIdentity.split(".");
  const old = new Date(Date.now() - 2 * 24 * 3600 * 1000);
  const living = `${processIdentity}.x`;
  for (const name of [living, `${machine}.${process.pid}.1.x`, "otherhost.1.1.fresh", "otherhost.1.1.old"]) {
    await writeFile(join(temp, name), "x");
    if (name.endsWith("old")) await utimes(join(temp, name), old, old);
  }
  await new LocalBackend(folder).writeRoot(Buffer.from("x"), undefined, signal);
  expect((await readdir(temp)).sort()).toEqual([living, "otherhost.1.1.fresh"].sort());
});

test("old versions are pruned, and a writer that slept through all of it is refused", async () => {
  const root = join(folder, "root");
  const versions = new Versions(root, new DurableFiles(folder));
  const old = new Date(Date.now() - 3600_000);
  for (let n = 0; n < 40; n++) {
    expect(await versions.swap(Buffer.from(String(n + 1)), n, signal)).toBe(n + 1);
    await utimes(join(root, `${String(n + 1).padStart(12, "0")}.json`), old, old);
  }
  await versions.swap(Buffer.from("41"), 40, signal);
  const names = await readdir(root);
  expect(names.length).toBeLessThan(40);
  expect(names).not.toContain("000000000002.json");

  // It looks when version 1 is current, sleeps while others write and prune, and links when 2 is free again.
  for (const name of names) await rm(join(root, name));
  await writeFile(join(root, "000000000001.json"), "1");
  let slept = false;
  class Sleepy extends DurableFiles {
    override async create(...args: Parameters<DurableFiles["create"]>): Promise<boolean> {
      slept = true;
      await rm(join(root, "000000000001.json"));
      await writeFile(join(root, "000000000041.json"), "41");
      return super.create(...args);
    }
  }
  const sleeper = new Versions(root, new Sleepy(folder));
  expect(await sleeper.swap(Buffer.from("late"), 1, signal)).toBeUndefined();
  expect(slept).toBe(true);
  expect((await versions.read(signal))?.number).toBe(41);
  expect(await readdir(root)).toEqual(["000000000041.json"]);
});

test("a state path that is a file is explained", async () => {
  await writeFile(folder, "x");
  await expect(new LocalBackend(folder).writeRoot(Buffer.from("x"), undefined, signal)).rejects.toMatchObject(
    {
      name: "Failure",
      message: expect.stringContaining(folder) as string,
    },
  );
});

/** Another user, who can run the test's script. */
function nobody(): { uid: number; gid: number } | undefined {
  const other = { uid: 65534, gid: 65534 };
  try {
    execFileSync(process.execPath, ["-e", `require("fs").readFileSync(${JSON.stringify(script)})`], {
      ...other,
      stdio: "ignore",
    });
    return other;
  } catch {
    return undefined;
  }
}

test("a folder of somebody else is explained", async (context) => {
  const other = nobody();
  if (other === undefined) return context.skip("needs root, to become another user");
  await mkdir(folder, { mode: 0o700 });
  await chmod(parent, 0o755);
  const out = execFileSync(process.execPath, [script, "write", folder], { ...other, encoding: "utf8" });
  const told = JSON.parse(out) as string[];
  expect(told).toHaveLength(3);
  for (const each of told)
    expect(each).toMatch(/^Failure permanent: .*cannot be written or read \(EACCES\)$/);
});

/** A real small disk; only root may mount one, and not in every container. */
function mountSmallDisk(path: string): boolean {
  try {
    execFileSync("mount", ["-t", "tmpfs", "-o", "size=2m", "rollcall-test", path], { stdio: "ignore" });
    return true;
  } catch {
    return false;
  }
}

test("a full disk is explained, loses nothing and leaves no temporary file", async (context) => {
  const disk = join(parent, "disk");
  await mkdir(disk);
  if (!mountSmallDisk(disk)) return context.skip("mounting a small disk is not permitted here");
  try {
    const backend = new LocalBackend(join(disk, "state"));
    const { version } = await backend.writeRoot(Buffer.from("kept"), undefined, signal);
    const big = Buffer.alloc(4_000_000, "x");
    const full = { kind: "permanent", message: expect.stringMatching(/full \(\d+ KiB free\)$/) as string };
    await expect(backend.putBlob("x/big", { bytes: big }, signal)).rejects.toMatchObject(full);
    await expect(backend.writeRoot(big, version, signal)).rejects.toMatchObject(full);
    expect(await readdir(join(disk, "state", "tmp"))).toEqual([]);
    expect(Buffer.from((await backend.readRoot(signal))?.bytes ?? []).toString()).toBe("kept");
    await backend.writeRoot(Buffer.from("goes on"), version, signal);
  } finally {
    execFileSync("umount", [disk]);
  }
});

test("many writers of the same content all succeed, and it is stored once", async () => {
  const backends = Array.from({ length: 6 }, () => new LocalBackend(folder));
  for (let round = 0; round < 150; round++) {
    const name = `opt-outs/${round}`;
    await Promise.all(
      backends.map(async (backend, index) => {
        await sleep(index);
        await backend.putBlob(name, { bytes: Buffer.from(`same ${round}`) }, signal);
      }),
    );
  }
  expect(await readdir(join(folder, "blobs/opt-outs"))).toHaveLength(150);
});
