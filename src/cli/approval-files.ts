import { readdir } from "node:fs/promises";
import { basename, dirname, join, resolve } from "node:path";

const SUFFIX = ".approval.json";

/** Where the approval of a signer goes: beside the plan. */
export function approvalPath(plan: string, signer: string): string {
  return `${plan}.${signer.replaceAll(/[^A-Za-z0-9@._-]/g, "_")}${SUFFIX}`;
}

/** Absolute paths of the approvals that were named and of those beside the plan file; undefined when there are none. */
export async function findApprovalFiles(
  cwd: string,
  plan: string | undefined,
  given: readonly string[] = [],
): Promise<string[] | undefined> {
  const named = given.map((path) => resolve(cwd, path));
  const found = plan === undefined ? [] : await beside(resolve(cwd, plan));
  const all = [...new Set([...named, ...found])];
  return all.length === 0 ? undefined : all;
}

async function beside(plan: string): Promise<string[]> {
  const names = await readdir(dirname(plan));
  return names
    .filter((name) => name.startsWith(`${basename(plan)}.`) && name.endsWith(SUFFIX))
    .sort()
    .map((name) => join(dirname(plan), name));
}
