import { spawn, spawnSync } from "node:child_process";
import { rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";

/** A real file system of a few megabytes over a folder, which only processes started `within` see there. */
export interface SmallDisk {
  /** Words to put before a command. */
  readonly within: readonly string[];
  /** The same folder as this process sees it. */
  readonly path: string;
  /** Leaves no room at all; `free` gives it back. */
  fill(): void;
  free(): void;
  readOnly(yes: boolean): void;
  close(): void;
}

/** Mounts it in a mount namespace of its own, as any user where that is allowed; otherwise the reason why not. */
export async function smallDisk(folder: string, megabytes: number): Promise<SmallDisk | string> {
  const root = process.getuid?.() === 0;
  const script = `mount -t tmpfs -o size=${megabytes}m,mode=0700 tmpfs "$0" && echo ready && exec cat`;
  const holder = spawn("unshare", [root ? "-m" : "-Urm", "sh", "-c", script, folder], {
    stdio: ["pipe", "pipe", "pipe"],
  });
  let output = "";
  const collect = (part: Buffer): void => void (output += part.toString());
  holder.stderr.on("data", collect);
  const ready = await new Promise<boolean>((resolve) => {
    holder.stdout.once("data", () => resolve(true));
    holder.once("error", (error) => {
      output += error.message;
      resolve(false);
    });
    holder.once("close", () => resolve(false));
  });
  if (!ready) return `no file system can be mounted here (${output.trim()})`;
  const target = ["-t", String(holder.pid), "-m", ...(root ? [] : ["-U", "--preserve-credentials"])];
  const path = `/proc/${holder.pid}/root${folder}`;
  const filler = join(path, "filler");
  const run = (...words: string[]): void => {
    const { status, stderr } = spawnSync("nsenter", [...target, ...words], { encoding: "utf8" });
    if (status !== 0) throw new Error(`${words.join(" ")}: ${stderr}`);
  };
  return {
    within: ["nsenter", ...target],
    path,
    fill: () => {
      for (let bytes = 1 << 20, flag = "w"; bytes >= 1; flag = "a")
        try {
          writeFileSync(filler, Buffer.alloc(bytes), { flag });
        } catch {
          bytes = Math.floor(bytes / 4);
        }
    },
    free: () => rmSync(filler, { force: true }),
    readOnly: (yes) => run("mount", "-o", `remount,${yes ? "ro" : "rw"}`, folder),
    close: () => void holder.stdin.end(),
  };
}
