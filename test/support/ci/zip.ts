import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

/** Whether the programs are here by which artefacts are packed and unpacked. */
export const CAN_ZIP = ["zip", "unzip"].every((name) => {
  try {
    return execFileSync("which", [name], { stdio: ["ignore", "pipe", "ignore"] }).length > 0;
  } catch {
    return false;
  }
});

/** The files of a folder as a forge keeps them. */
export function packed(folder: string): Buffer {
  const target = mkdtempSync(join(tmpdir(), "rollcall-zip-"));
  try {
    execFileSync("zip", ["-qr", join(target, "all.zip"), "."], { cwd: folder });
    return readFileSync(join(target, "all.zip"));
  } finally {
    rmSync(target, { recursive: true, force: true });
  }
}
