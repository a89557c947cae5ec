import { Failure } from "../../model/failure.js";
import { git } from "../../platform/git.js";

/**
 * Who wrote what is checked out, so that they do not approve it: the addresses
 * of the authors and committers of every commit since `base`, by default since
 * the first parent of HEAD, which is what a merge brought in. Merges themselves
 * are not writing. What git says can be made up; a signed approval cannot.
 * Throws when `base` is not there. Answers undefined where the checkout has no
 * history to tell by.
 */
export async function commitAuthors(
  folder: string,
  base: string | undefined,
  signal: AbortSignal,
): Promise<string[] | undefined> {
  const from = await has(folder, base ?? "HEAD^1", signal);
  if (base !== undefined && !from)
    throw new Failure("invalid", "The commit that --base names cannot be found in this checkout.", {
      hint: "Fetch it with its history (in GitHub Actions: `fetch-depth: 0`): who wrote the change is told by it.",
    });
  if (!from && (await isShallow(folder, signal))) return undefined;
  const since = from ? await people(folder, ["--end-of-options", `${base ?? "HEAD^1"}..HEAD`], signal) : [];
  return since.length > 0 ? since : people(folder, ["--max-count=1", "HEAD"], signal);
}

/** As `commitAuthors`, where an approval hangs on it. */
export async function knownAuthors(
  folder: string,
  base: string | undefined,
  signal: AbortSignal,
): Promise<string[]> {
  const authors = await commitAuthors(folder, base, signal);
  if (authors !== undefined) return authors;
  throw new Failure("invalid", "This checkout has no history, so nobody can tell who wrote what it holds.", {
    hint: "Check it out with its history (in GitHub Actions: `fetch-depth: 0`): who wrote a change does not approve it.",
  });
}

async function people(folder: string, range: readonly string[], signal: AbortSignal): Promise<string[]> {
  const said = await git(folder, ["log", "--no-merges", "--format=%ae%n%ce", ...range, "--"], { signal });
  const lines = said?.toString("utf8").split("\n") ?? [];
  return [...new Set(lines.filter((line) => line !== ""))].sort();
}

async function has(folder: string, commit: string, signal: AbortSignal): Promise<boolean> {
  const words = ["rev-parse", "--verify", "--quiet", "--end-of-options", `${commit}^{commit}`];
  return (await git(folder, words, { signal })) !== undefined;
}

async function isShallow(folder: string, signal: AbortSignal): Promise<boolean> {
  const said = await git(folder, ["rev-parse", "--is-shallow-repository"], { signal });
  return said?.toString("utf8").trim() === "true";
}
