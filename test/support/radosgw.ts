import { spawnSync } from "node:child_process";
import { existsSync } from "node:fs";
import { mkdtemp, rm } from "node:fs/promises";
import { connect } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

const script = ["../../../shared/servers/radosgw.sh", "../../../../shared/servers/radosgw.sh"]
  .map((path) => fileURLToPath(new URL(path, import.meta.url)))
  .find((path) => existsSync(path));

/** S3 as Ceph speaks it, which keeps conditional writes. */
export interface Radosgw {
  readonly port: number;
  readonly key: string;
  stop(): Promise<void>;
}

/** Why there is none here; undefined where there can be. */
export function noRadosgw(): string | undefined {
  if (script === undefined) return "the script that starts Ceph's radosgw is not beside the project";
  const missing = ["radosgw", "ceph-mon", "ceph-osd"].filter(
    (program) => spawnSync(program, ["--version"]).status !== 0,
  );
  return missing.length === 0 ? undefined : `not installed: ${missing.join(", ")}`;
}

/** Its port is fixed, so one that runs already is used as it is. */
export async function startRadosgw(): Promise<Radosgw> {
  const port = 7480;
  const key = "S3RVER";
  if (await answers(port)) return { port, key, stop: () => Promise.resolve() };
  const folder = await mkdtemp(join(tmpdir(), "rollcall-ceph-"));
  const run = (word: string): void => {
    const { status, stderr } = spawnSync("bash", [script ?? "", word, folder], { encoding: "utf8" });
    if (status !== 0) throw new Error(`radosgw ${word}: ${stderr}`);
  };
  run("start");
  return {
    port,
    key,
    stop: async () => {
      run("stop");
      await rm(folder, { recursive: true, force: true, maxRetries: 10 });
    },
  };
}

function answers(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(port, "127.0.0.1");
    socket.once("connect", () => resolve(true)).once("error", () => resolve(false));
    socket.once("connect", () => socket.destroy());
  });
}
