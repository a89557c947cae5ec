import { Failure } from "../model/failure.js";

const TIMEOUT_MS = 30_000;
const MAX_BYTES = 64 * 1024 ** 2;

/**
 * Runs one git command that only reads objects, in the repository of a folder.
 * No shell, no hook, no filter, no pager, no prompt, no fetch from a remote:
 * the checkout may hold what nobody has reviewed. Answers undefined when git
 * ends with an error.
 */
export async function git(
  folder: string,
  words: readonly string[],
  options: { readonly input?: string; readonly signal: AbortSignal },
): Promise<Buffer | undefined> {
  const { execa } = await import("execa");
  const result = await execa("git", [...NEUTRAL, "-C", folder, ...words], {
    ...(options.input === undefined ? { stdin: "ignore" as const } : { input: options.input }),
    env: {
      GIT_TERMINAL_PROMPT: "0",
      GIT_NO_LAZY_FETCH: "1",
      GIT_OPTIONAL_LOCKS: "0",
      GIT_LFS_SKIP_SMUDGE: "1",
    },
    encoding: "buffer",
    timeout: TIMEOUT_MS,
    maxBuffer: MAX_BYTES,
    stripFinalNewline: false,
    cancelSignal: options.signal,
    reject: false,
  });
  options.signal.throwIfAborted();
  if (!result.failed) return Buffer.from(result.stdout);
  const said = Buffer.from(result.stderr ?? "").toString("utf8");
  if (result.code === "ENOENT")
    throw new Failure("invalid", "git was not found.", {
      hint: "Install git; --untrusted reads the base with it.",
    });
  if (/dubious ownership/.test(said))
    throw new Failure("invalid", "git does not trust the owner of this checkout.", {
      hint: "Add the folder to git's `safe.directory`, as the error of `git status` says.",
    });
  if (result.timedOut || result.isMaxBuffer)
    throw new Failure("permanent", "git took too long or answered too much.");
  return undefined;
}

const NEUTRAL = [
  "--no-pager",
  "--no-replace-objects",
  "--literal-pathspecs",
  ...["core.fsmonitor=false", "core.hooksPath=/dev/null", "protocol.allow=never"].flatMap((one) => [
    "-c",
    one,
  ]),
];
