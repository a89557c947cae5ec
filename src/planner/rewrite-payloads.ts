import { rename, rm } from "node:fs/promises";
import { CHANGE_SET_FILE, type Engine } from "../engine/engine.js";

/** Puts the rows of a SELECT, which may read the file itself, in the place of what a payload file held. */
export async function rewritePayloads(engine: Engine, path: string, sql: string): Promise<void> {
  const next = `${path}.next`;
  await engine.writeParquet(sql, next, CHANGE_SET_FILE);
  await rm(path);
  await rename(next, path);
}
