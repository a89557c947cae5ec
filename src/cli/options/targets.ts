import { existsSync } from "node:fs";
import { resolve } from "node:path";

interface Words {
  readonly file: string | undefined;
  readonly targets: string[] | undefined;
}

/**
 * `--target` takes every word that follows it, and so the plan file, too, when
 * it comes after the names. It is told from a name by what it is.
 */
export function withoutPlanFile(cwd: string, { file, targets }: Words): Words {
  const last = targets?.at(-1);
  if (last === undefined || file !== undefined || !isPlanFile(cwd, last)) return { file, targets };
  return { file: last, targets: targets?.slice(0, -1) };
}

function isPlanFile(cwd: string, word: string): boolean {
  const isName = /^[A-Za-z][A-Za-z0-9_-]{0,62}$/.test(word);
  return !isName && (word.endsWith(".json") || existsSync(resolve(cwd, word)));
}
