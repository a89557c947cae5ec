import { spawn } from "node:child_process";
import { mkdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

const main = fileURLToPath(new URL("../../dist/command/rollcall.js", import.meta.url));
const points = new URL("./kill-points.mjs", import.meta.url).href;

/** When a run dies: at a numbered moment of its own or the first of a name, or after a time; not at all without either. */
export type Death = { readonly moment: number | string } | { readonly afterMs: number } | undefined;

export interface Life {
  readonly killed: boolean;
  /** What it was about when it died, as `kill-points.mjs` names it. */
  readonly point: string;
  /** All moments that passed. */
  readonly moments: readonly string[];
  readonly milliseconds: number;
  readonly code: number | null;
  readonly output: string;
}

/** Runs the built command in `folder` until it ends or is killed; `within` are words of a command that runs the rest of its words in its own place. Its temporary files go to `folder/tmp`. */
export async function live(
  folder: string,
  words: readonly string[],
  death: Death,
  aheadMs: number,
  where: { readonly env?: Readonly<Record<string, string>>; readonly within?: readonly string[] } = {},
): Promise<Life> {
  const log = join(folder, "moments.log");
  const at = death !== undefined && "moment" in death ? death.moment : 0;
  await mkdir(join(folder, "tmp"), { recursive: true, mode: 0o700 });
  const began = performance.now();
  const [program = "", ...rest] = [
    ...(where.within ?? []),
    process.execPath,
    "--import",
    points,
    main,
    ...words,
  ];
  const child = spawn(program, rest, {
    cwd: folder,
    env: {
      ...process.env,
      ...where.env,
      NO_COLOR: "1",
      TMPDIR: join(folder, "tmp"),
      ROLLCALL_KILL_POINT: JSON.stringify({ at, log, aheadMs }),
    },
    stdio: ["ignore", "pipe", "pipe"],
  });
  let output = "";
  child.stdout.setEncoding("utf8").on("data", (part: string) => (output += part));
  child.stderr.setEncoding("utf8").on("data", (part: string) => (output += part));
  const timer =
    death !== undefined && "afterMs" in death
      ? setTimeout(() => child.kill("SIGKILL"), death.afterMs)
      : undefined;
  const [code, signal] = await new Promise<[number | null, NodeJS.Signals | null]>((resolve, reject) =>
    child.once("error", reject).once("close", (...how) => resolve(how)),
  );
  clearTimeout(timer);
  const milliseconds = performance.now() - began;
  const moments = (await readFile(log, "utf8").catch(() => "")).split("\n").slice(0, -1);
  const killed = signal === "SIGKILL";
  return { killed, point: moments.at(-1) ?? "starting", moments, milliseconds, code, output };
}
