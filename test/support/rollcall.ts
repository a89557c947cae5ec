import { spawn, type ChildProcess } from "node:child_process";
import { fileURLToPath } from "node:url";

import { mustFit } from "./valid-event.js";

export const project = fileURLToPath(new URL("../../", import.meta.url));
const main = `${project}dist/command/rollcall.js`;

export interface Ended {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
  /** The NDJSON lines of stdout. */
  readonly events: readonly { readonly type: string; readonly [key: string]: unknown }[];
}

/** A command that was started, to be stopped and continued. */
export interface Started {
  readonly child: ChildProcess;
  readonly ended: Promise<Ended>;
}

export interface StartOptions {
  readonly cwd: string;
  readonly env?: Readonly<Record<string, string>>;
  /** Words of a command that runs the rest of its words, such as `nsenter`. */
  readonly within?: readonly string[];
  /** What it finds on stdin; nothing without. */
  readonly input?: string;
}

/** Runs the built command as a user would and waits for its end. */
export async function rollcall(words: readonly string[], options: StartOptions): Promise<Ended> {
  return start(words, options).ended;
}

/** Starts the built command as a user would. */
export function start(words: readonly string[], options: StartOptions): Started {
  const [program = "", ...rest] = [...(options.within ?? []), process.execPath, main, ...words];
  const child = spawn(program, rest, {
    cwd: options.cwd,
    env: { ...process.env, NO_COLOR: "1", ...options.env },
    stdio: "pipe",
  });
  // A command that does not read it may end first.
  child.stdin.on("error", () => undefined).end(options.input ?? "");
  let stdout = "";
  let stderr = "";
  child.stdout.setEncoding("utf8").on("data", (part: string) => (stdout += part));
  child.stderr.setEncoding("utf8").on("data", (part: string) => (stderr += part));
  const code = new Promise<number | null>((resolve, reject) =>
    child.once("error", reject).once("close", resolve),
  );
  const ended = code.then((done) => {
    const events = words.includes("--json") ? jsonLines(stdout) : [];
    mustFit(events);
    return { code: done, stdout, stderr, events };
  });
  return { child, ended };
}

/** The events of NDJSON. */
export function jsonLines(text: string): Ended["events"] {
  return text
    .split("\n")
    .filter((line) => line !== "")
    .map((line) => JSON.parse(line) as Ended["events"][number]);
}
