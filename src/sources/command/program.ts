import { createWriteStream } from "node:fs";
import { stat } from "node:fs/promises";
import { Transform } from "node:stream";
import { pipeline } from "node:stream/promises";
import { Failure } from "../../model/failure.js";

/** After so long, a program that was asked to end is ended. */
const GRACE_MS = 2_000;
const LOOK_MS = 250;
/** What timers can count to, some three weeks. */
const MOST_MS = 2 ** 31 - 1;

/** A program that is started without a shell. */
export interface Program {
  readonly words: readonly string[];
  readonly folder: string;
  readonly env: Readonly<Record<string, string>>;
  readonly seconds: number;
  readonly signal: AbortSignal;
}

/** Where the rows of a program go. */
export interface Target {
  readonly path: string;
  /** Whether the program writes that file; else what it prints is written there. */
  readonly byProgram: boolean;
  readonly mostBytes: number;
}

class TooLarge extends Error {}

/** Runs a program to its end. Throws `Failure` unless it ended with exit code 0; no message holds anything that it printed. */
export async function runProgram(program: Program, target: Target): Promise<void> {
  const { words, folder, env, seconds, signal } = program;
  const [file = "", ...args] = words;
  signal.throwIfAborted();
  const { execa } = await import("execa");
  const child = execa(file, args, {
    cwd: folder,
    env,
    extendEnv: false,
    stdin: "ignore",
    stdout: target.byProgram ? "ignore" : "pipe",
    // It may hold values, and what is read by nobody must not hold the program up.
    stderr: "ignore",
    buffer: false,
    reject: false,
    // A group of its own, which is ended as a whole.
    detached: true,
  });
  const group = new ProcessGroup(child.pid);
  let stopped: Failure | undefined;
  const stop = (why: Failure): void => {
    stopped ??= why;
    group.stop();
  };
  const abort = (): void => stop(new Failure("interrupted", "Stopped while its program ran."));
  signal.addEventListener("abort", abort, { once: true });
  // While the module was loaded, nobody listened.
  if (signal.aborted) abort();
  const timer = setTimeout(() => stop(tookTooLong()), Math.min(seconds * 1000, MOST_MS));
  const watch = target.byProgram ? watchSize(target, () => stop(tooLarge())) : undefined;
  try {
    const [result] = await Promise.all([
      child,
      child.stdout === null
        ? undefined
        : writeOutput(child.stdout, target).catch((error: unknown) => {
            stop(error instanceof TooLarge ? tooLarge() : writingFailed(error));
          }),
    ]);
    if (stopped !== undefined) throw stopped;
    if (result.failed) throw explainEnd(result);
  } finally {
    clearTimeout(timer);
    clearInterval(watch);
    signal.removeEventListener("abort", abort);
    group.leave();
  }
}

/** A process and what it started, until it is left. */
class ProcessGroup {
  readonly #id: number | undefined;
  #grace: NodeJS.Timeout | undefined;
  readonly #end = (): void => this.#signal("SIGKILL");

  constructor(id: number | undefined) {
    this.#id = id;
    process.once("exit", this.#end);
  }

  stop(): void {
    if (this.#grace !== undefined) return;
    this.#signal("SIGTERM");
    this.#grace = setTimeout(this.#end, GRACE_MS);
  }

  leave(): void {
    process.removeListener("exit", this.#end);
    if (this.#grace === undefined) return;
    clearTimeout(this.#grace);
    this.#end();
  }

  #signal(signal: "SIGTERM" | "SIGKILL"): void {
    if (this.#id === undefined) return;
    try {
      process.kill(-this.#id, signal);
    } catch (error) {
      // Nobody is left, or what is left belongs to somebody else.
      if (!["ESRCH", "EPERM"].includes(String((error as NodeJS.ErrnoException).code))) throw error;
    }
  }
}

async function writeOutput(output: NodeJS.ReadableStream, { path, mostBytes }: Target): Promise<void> {
  let bytes = 0;
  const limit = new Transform({
    transform(chunk: Buffer, _, done) {
      bytes += chunk.length;
      done(bytes > mostBytes ? new TooLarge() : null, chunk);
    },
  });
  await pipeline(output, limit, createWriteStream(path, { flags: "wx", mode: 0o600 }));
}

/** What the program writes itself can only be looked at. */
function watchSize({ path, mostBytes }: Target, full: () => void): NodeJS.Timeout {
  return setInterval(() => {
    stat(path).then(
      ({ size }) => {
        if (size > mostBytes) full();
      },
      () => undefined,
    );
  }, LOOK_MS);
}

function tookTooLong(): Failure {
  return new Failure("transient", "its program did not end within its `timeout`.", {
    hint: "Give it more time, or make what it asks for lighter.",
  });
}

export function tooLarge(): Failure {
  return new Failure("refused", "it has more bytes than `sql.disk` allows.", {
    hint: "Let the program give fewer columns or rows, or allow more.",
  });
}

function writingFailed(cause: unknown): Failure {
  return new Failure("permanent", "what its program prints cannot be written down.", {
    hint: "Set TMPDIR to a folder that has room.",
    cause,
  });
}

const BY_HAND =
  "Run it by hand, in the folder of the config file, to see why: what programs say of errors may hold values and is not repeated here. Nothing was taken from it.";

function explainEnd(result: {
  readonly code?: string | undefined;
  readonly exitCode?: number | undefined;
  readonly signal?: string | undefined;
}): Failure {
  const { code, exitCode, signal } = result;
  if (exitCode !== undefined)
    return new Failure("permanent", `its program ended with exit code ${exitCode}.`, { hint: BY_HAND });
  if (signal !== undefined)
    return new Failure("transient", `its program was ended by ${signal}.`, {
      hint: "Nothing was taken from it. Run the command again; if it stays so, the machine may have too little memory.",
    });
  if (code === "ENOENT")
    return new Failure("not-found", "its program was not found.", {
      hint: "Install it, or name it by its path, which is relative to the folder of the config file.",
    });
  return new Failure(
    "permanent",
    code === "EACCES" ? "its program is not executable." : "its program could not be started.",
    { hint: "Name a program that whoever runs this may start." },
  );
}
