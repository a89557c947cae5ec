import { execFileSync } from "node:child_process";
import { mkdir, mkdtemp, realpath, rm, symlink, truncate, writeFile } from "node:fs/promises";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { onTestFinished } from "vitest";

/** Stands in every file that nobody gave leave to read. */
export const CANARY = "canary-4711";

/** A way in which a name can lead to something that is not a file of the project. */
export interface Hostile {
  readonly name: string;
  /** Puts it at this path, in a folder that is there. */
  readonly put: (path: string) => Promise<void>;
  /** What has to be said of it. */
  readonly said: RegExp;
}

/** A folder that is removed after the test. */
export async function folderElsewhere(): Promise<string> {
  const folder = await realpath(await mkdtemp(join(tmpdir(), "rollcall-elsewhere-")));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  return folder;
}

const linkTo =
  (target: string) =>
  (path: string): Promise<void> =>
    symlink(target, path);

async function secretFile(): Promise<string> {
  const path = join(await folderElsewhere(), "secret");
  await writeFile(path, `${CANARY}: [\n`);
  return path;
}

const OUTSIDE = /leads out of/;

export const HOSTILE: readonly Hostile[] = [
  {
    name: "a link to a file elsewhere",
    put: async (path) => symlink(await secretFile(), path),
    said: OUTSIDE,
  },
  {
    name: "a link by a link",
    put: async (path) => {
      await symlink(await secretFile(), `${path}.step`);
      await symlink(`${path}.step`, path);
    },
    said: OUTSIDE,
  },
  { name: "the environment", put: linkTo("/proc/self/environ"), said: OUTSIDE },
  { name: "zeros without end", put: linkTo("/dev/zero"), said: OUTSIDE },
  { name: "a terminal", put: linkTo("/dev/ptmx"), said: OUTSIDE },
  { name: "standard input", put: linkTo("/dev/stdin"), said: OUTSIDE },
  { name: "a link that leads nowhere elsewhere", put: linkTo("/nowhere/at/all"), said: OUTSIDE },
  { name: "a link that leads nowhere", put: linkTo("not-there"), said: /leads nowhere|does not exist/ },
  {
    name: "a link to itself",
    put: async (path) => {
      await symlink(`${path}.back`, path);
      await symlink(path, `${path}.back`);
    },
    said: /leads back to itself/,
  },
  {
    name: "a pipe that nobody writes to",
    put: async (path) => void execFileSync("mkfifo", [path]),
    said: /is a named pipe/,
  },
  {
    name: "a socket",
    put: async (path) => {
      const server = createServer();
      await new Promise<void>((resolve) => server.listen(path, resolve));
      onTestFinished(() => new Promise<void>((resolve) => void server.close(() => resolve())));
    },
    said: /is a socket/,
  },
  { name: "a folder", put: (path) => mkdir(path), said: /is a folder/ },
];

/** A file as large as a disk, which takes no room. */
export async function putHuge(path: string): Promise<void> {
  await writeFile(path, `# ${CANARY}\n`);
  await truncate(path, 2 ** 40);
}

/** Does the work as a user who may not read what is closed; root may, who runs tests in containers. */
export async function asNobody<Result>(work: () => Promise<Result>): Promise<Result> {
  if (process.getuid?.() !== 0) return work();
  process.seteuid?.("nobody");
  try {
    return await work();
  } finally {
    process.seteuid?.(0);
  }
}
