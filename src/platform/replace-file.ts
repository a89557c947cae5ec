import { randomUUID } from "node:crypto";
import { rename, stat, writeFile } from "node:fs/promises";

/** Writes a file whole or not at all: beside it first, then in its place, with the mode that it had. */
export async function replaceFile(path: string, text: string): Promise<void> {
  const { mode } = await stat(path);
  // No name that a link could be waiting under.
  const beside = `${path}.${randomUUID()}.tmp`;
  await writeFile(beside, text, { mode, flag: "wx" });
  await rename(beside, path);
}
