import { chmod, readFile, rm, writeFile } from "node:fs/promises";
import { delimiter, join } from "node:path";
import { execFile } from "node:child_process";
import { FULL } from "./full.js";
import { project, rollcall } from "./rollcall.js";

const MAIN = `${project}dist/command/rollcall.js`;

/** Every command that a text tells: between backticks, on a line of its own, or behind a colon; HTML and JSON are read as text. */
export function printedCommands(text: string): string[] {
  const plain = text
    .split("\n")
    .map((line) => (line.startsWith("{") ? textsOf(JSON.parse(line)).join("\n") : line))
    .join("\n")
    .replaceAll(/<[^>]*>/g, "\n")
    .replaceAll(/&#(\d+);/g, (_, code: string) => String.fromCodePoint(Number(code)))
    .replaceAll("&quot;", '"')
    .replaceAll("&amp;", "&");
  const found = [
    ...plain.matchAll(/`(rollcall [^`\n]+)`/g),
    ...plain.matchAll(/(?:^|: )(rollcall (?:-|[a-z]+ )[^`\n]*)$/gm),
  ];
  return [...new Set(found.map(([, command = ""]) => command.trim()))];
}

function textsOf(value: unknown): string[] {
  if (typeof value === "string") return [value];
  return typeof value === "object" && value !== null ? Object.values(value).flatMap(textsOf) : [];
}

export interface Shell {
  /** Runs a line as somebody would who copies it. */
  run(line: string): Promise<{ code: number | null; text: string }>;
}

/**
 * A shell in a folder, in which `rollcall` is the built command. The shell makes words of a line; what they do is done by
 * a process that runs already, but in the full run.
 */
export async function shellIn(folder: string, bin: string): Promise<Shell> {
  const called = join(bin, "called");
  const build = `exec '${process.execPath}' '${MAIN}' "$@"`;
  // A second command of the same line would be refused.
  const note = `set -C; printf '%s\\0' "$PWD" "$@" >'${called}'`;
  await writeFile(join(bin, "rollcall"), `#!/bin/sh\n${FULL ? build : note}\n`);
  await chmod(join(bin, "rollcall"), 0o755);
  const env = { ...process.env, NO_COLOR: "1", PATH: `${bin}${delimiter}${process.env["PATH"]}` };
  const inShell = (line: string): Promise<{ code: number; text: string }> =>
    new Promise((resolve) => {
      const child = execFile("sh", ["-c", line], { cwd: folder, env }, (error, stdout, stderr) => {
        resolve({ code: typeof error?.code === "number" ? error.code : 0, text: `${stdout}\n${stderr}` });
      });
      child.stdin?.end();
    });
  if (FULL) return { run: inShell };
  return {
    run: async (line) => {
      const read = await inShell(line);
      if (read.code !== 0 || read.text.trim() !== "") throw new Error(`${line} is more than one command`);
      const [cwd = "", ...words] = (await readFile(called, "utf8")).split("\0").slice(0, -1);
      await rm(called);
      const { code, stdout, stderr } = await rollcall(words, { cwd });
      return { code, text: `${stdout}\n${stderr}` };
    },
  };
}
