import { rename, stat, writeFile } from "node:fs/promises";

/** Writes a file whole or not at all: beside it first, then in its place, with the mode that it had. */
export async function replaceFile(path: string, text: string): Promise<void> {
  const { mode } = await stat(path);
  const beside = `${path}.${process.pid}.tmp`;
  await writeFile(beside, text, { mode });
  await rename(beside, path);
}
