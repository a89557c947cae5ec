import { chmod, writeFile } from "node:fs/promises";
import { delimiter, join } from "node:path";
import { execFile } from "node:child_process";
import { project } from "./rollcall.js";

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
  run(line: string): Promise<{ code: number; text: string }>;
}

/** A shell in a folder, in which `rollcall` is the built command. */
export async function shellIn(folder: string, bin: string): Promise<Shell> {
  await writeFile(join(bin, "rollcall"), `#!/bin/sh\nexec '${process.execPath}' '${MAIN}' "$@"\n`);
  await chmod(join(bin, "rollcall"), 0o755);
  const env = { ...process.env, NO_COLOR: "1", PATH: `${bin}${delimiter}${process.env["PATH"]}` };
  return {
    run: (line) =>
      new Promise((resolve) => {
        const child = execFile("sh", ["-c", line], { cwd: folder, env }, (error, stdout, stderr) => {
          resolve({ code: typeof error?.code === "number" ? error.code : 0, text: `${stdout}\n${stderr}` });
        });
        child.stdin?.end();
      }),
  };
}
