import { spawn, type ChildProcess } from "node:child_process";
import { fileURLToPath } from "node:url";

import { FULL } from "./full.js";
import { mustFit } from "./valid-event.js";
import { mayRunWarm, runWarm } from "./warm-command.js";

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
  /** Its clock, where `env` sets one, may have run on since an earlier command with the same environment. */
  readonly clockRunsOn?: boolean;
  /** What it finds on stdin; nothing without. */
  readonly input?: string;
}

/**
 * Runs the built command as a user would and waits for its end: in a process of its own where the test asks for one by
 * what only a new process has, and in the full run always.
 */
export async function rollcall(words: readonly string[], options: StartOptions): Promise<Ended> {
  const { cwd, within, input, clockRunsOn = false } = options;
  const env = environmentOf(options);
  if (FULL || within !== undefined || input !== undefined || !(clockRunsOn || mayRunWarm(env)))
    return start(words, options).ended;
  const { code, stdout, stderr } = await runWarm(words, cwd, env);
  return checked(words, code, stdout, stderr);
}

/** Starts the built command as a user would. */
export function start(words: readonly string[], options: StartOptions): Started {
  const [program = "", ...rest] = [...(options.within ?? []), process.execPath, main, ...words];
  const child = spawn(program, rest, {
    cwd: options.cwd,
    env: environmentOf(options),
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
  return { child, ended: code.then((done) => checked(words, done, stdout, stderr)) };
}

function environmentOf({ env }: StartOptions): Readonly<Record<string, string | undefined>> {
  return { ...process.env, NO_COLOR: "1", ...env };
}

function checked(words: readonly string[], code: number | null, stdout: string, stderr: string): Ended {
  const events = words.includes("--json") ? jsonLines(stdout) : [];
  mustFit(events);
  return { code, stdout, stderr, events };
}

/** The events of NDJSON. */
export function jsonLines(text: string): Ended["events"] {
  return text
    .split("\n")
    .filter((line) => line !== "")
    .map((line) => JSON.parse(line) as Ended["events"][number]);
}
