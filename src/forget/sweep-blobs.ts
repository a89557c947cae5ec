import { open, readFile, rm } from "node:fs/promises";
import { join } from "node:path";
import { Failure } from "../model/failure.js";
import { digestFile } from "../platform/files/file-digest.js";
import { literal } from "../plugin/relation.js";
import type { Run } from "../run/run.js";
import { findBlobsInUse } from "../state/upkeep/in-use.js";

/** Kinds of blobs that hold addresses. */
const KINDS = ["ledger", "changesets", "opt-outs", "trials"] as const;

/**
 * Deletes every blob that nothing refers to any more and that holds one of the
 * people: old ledgers, and the change sets of runs that ended. One that cannot
 * be read may hold them, and is of no use to anybody. Returns how many.
 */
export async function sweepBlobs(run: Run, people: readonly string[]): Promise<number> {
  const { state, scratch, signal } = run;
  const { refs } = await findBlobsInUse(state, await state.reload(signal), scratch, signal);
  const used = new Set(refs.map(({ name }) => name));
  let deleted = 0;
  for (const kind of KINDS) {
    const names: string[] = [];
    for await (const { name } of state.backend.listBlobs(`${kind}/`, signal)) names.push(name);
    for (const name of names.filter((one) => !used.has(one))) {
      const path = join(scratch, `sweep-${name.replaceAll("/", "-")}`);
      if (!(await holds(run, name, path, people))) continue;
      await state.backend.deleteBlob(name, signal);
      deleted += 1;
    }
  }
  return deleted;
}

async function holds(
  { state, engine, signal }: Run,
  name: string,
  path: string,
  people: readonly string[],
): Promise<boolean> {
  try {
    await state.backend.getBlob(name, path, signal);
    const { bytes } = await digestFile(path, signal);
    await state.fetchBlob({ name, sha256: name.slice(name.indexOf("/") + 1), bytes }, path, signal);
    if (!(await isParquet(path))) {
      const text = (await readFile(path, "utf8")).toLowerCase();
      return people.some((key) => text.includes(key));
    }
    const rows = `SELECT key FROM read_parquet(${literal(path)})`;
    return (
      (await engine.count(`SELECT count(*) FROM (${rows}) WHERE key IN (SELECT key FROM forget_people)`)) > 0
    );
  } catch (error) {
    if (!(error instanceof Failure) || error.kind === "interrupted") throw error;
    // Somebody else deleted it meanwhile.
    return error.kind !== "not-found";
  } finally {
    await rm(path, { force: true });
  }
}

async function isParquet(path: string): Promise<boolean> {
  const file = await open(path, "r");
  try {
    const { buffer } = await file.read(Buffer.alloc(4), 0, 4, 0);
    return buffer.toString("latin1") === "PAR1";
  } finally {
    await file.close();
  }
}
