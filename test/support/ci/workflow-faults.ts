import { execFileSync } from "node:child_process";
import { fileURLToPath } from "node:url";

const program = fileURLToPath(new URL("parse-workflows.mjs", import.meta.url));

/** What GitHub's own parser and schema say against each workflow. */
export function workflowFaults(contents: readonly string[]): string[][] {
  const input = JSON.stringify(contents.map((content, index) => ({ name: `${index}.yaml`, content })));
  return JSON.parse(execFileSync(process.execPath, [program], { input, encoding: "utf8" })) as string[][];
}
