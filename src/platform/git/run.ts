import { parse } from "node:path";
import { Failure } from "../../model/failure.js";

const TIMEOUT_MS = 30_000;
const MAX_BYTES = 64 * 1024 ** 2;

/** No hook, no filter, no pager, and no repository but the one that is meant. */
const NEUTRAL = [
  "--no-pager",
  "--no-replace-objects",
  "--literal-pathspecs",
  ...[
    "safe.bareRepository=explicit",
    "core.fsmonitor=false",
    "core.hooksPath=/dev/null",
    "core.attributesFile=/dev/null",
    "protocol.allow=never",
  ].flatMap((one) => ["-c", one]),
];

export interface GitRun {
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly input?: string | undefined;
  readonly signal: AbortSignal;
}

/** Runs one git command without a shell, away from the checkout. Answers undefined when git ends with an error. */
export async function runGit(
  words: readonly string[],
  { env, input, signal }: GitRun,
): Promise<Buffer | undefined> {
  const { execa } = await import("execa");
  const result = await execa("git", [...NEUTRAL, ...words], {
    ...(input === undefined ? { stdin: "ignore" as const } : { input }),
    env,
    extendEnv: false,
    cwd: parse(process.cwd()).root,
    encoding: "buffer",
    timeout: TIMEOUT_MS,
    maxBuffer: MAX_BYTES,
    stripFinalNewline: false,
    cancelSignal: signal,
    reject: false,
  });
  signal.throwIfAborted();
  if (!result.failed) return Buffer.from(result.stdout);
  const said = Buffer.from(result.stderr ?? "").toString("utf8");
  if (result.code === "ENOENT")
    throw new Failure("invalid", "git was not found.", {
      hint: "Install git outside of the checkout; --untrusted reads the base with it.",
    });
  if (/dubious ownership|unsafe repository/.test(said))
    throw new Failure("invalid", "git does not trust the owner of this checkout.", {
      hint: "Add the folder to git's `safe.directory`, as the error of `git status` says.",
    });
  if (result.timedOut || result.isMaxBuffer)
    throw new Failure("permanent", "git took too long or answered too much.");
  return undefined;
}
