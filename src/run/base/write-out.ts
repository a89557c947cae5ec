import { mkdir, symlink, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { Failure } from "../../model/failure.js";
import { readObjects } from "../../platform/git/objects.js";
import type { Repository } from "../../platform/git/repository.js";
import { baseFilesOf, isYaml, quotePath, staysWithin } from "./base-files.js";

/**
 * Writes what the config of a commit may be made of below `copy`: its YAML
 * files, and the links between them. Submodules are left out.
 */
export async function writeCommitFiles(repository: Repository, commit: string, copy: string): Promise<void> {
  const listed = await repository.git(["ls-tree", "-r", "-z", "--long", "--full-tree", commit]);
  const files = listed === undefined ? { fault: "cannot be listed by git" } : baseFilesOf(listed);
  if ("fault" in files) throw unwritten(files.fault);
  const ids = files.map(({ id }) => id);
  const contents = await readObjects(repository, "blob", ids);
  for (const folder of new Set(files.map(({ path }) => dirname(path))))
    await mkdir(join(copy, folder), { recursive: true, mode: 0o700 });
  const whole = files.map((file, index) => ({ ...file, content: contents[index] ?? Buffer.alloc(0) }));
  // Links last: nothing is written through one.
  for (const { path, link, content } of whole.sort((a, b) => Number(a.link) - Number(b.link)))
    try {
      if (link) await writeLink(copy, path, content.toString("utf8"));
      else await writeFile(join(copy, path), content, { mode: 0o600, flag: "wx" });
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== "EEXIST") throw error;
      throw unwritten(`holds ${quotePath(path)} beside another name that is the same one on this machine`);
    }
}

async function writeLink(copy: string, path: string, target: string): Promise<void> {
  if (staysWithin(copy, path, target)) return symlink(target, join(copy, path));
  // A folder may link to what is not a config, but a file that is left out could be a rule.
  if (isYaml(path)) throw unwritten(`holds ${quotePath(path)}, a link that leads out of the repository`);
}

function unwritten(fault: string): Failure {
  return new Failure("invalid", `The base ${fault}.`, {
    hint: "Fix it there first, or name another base with --base.",
  });
}
