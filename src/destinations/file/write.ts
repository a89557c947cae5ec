import { Failure } from "../../model/failure.js";
import type { WriteBatch, WriteResult } from "../../plugin/destination.js";
import { splitCells } from "./csv.js";
import { keyOf, listPath, findPlaceIn, type Folder } from "./folder.js";
import { toHeader } from "./header.js";
import type { PendingWrites } from "./pending.js";
import { rewriteFile, type Change } from "./rewrite.js";

/** Takes people off at once; whoever is to be written is taken on, and the list's file written when that is asked about. */
export async function writeBatch(
  folder: Folder,
  pending: PendingWrites,
  batch: WriteBatch,
  signal: AbortSignal,
): Promise<WriteResult> {
  const path = await findPlaceIn(folder, listPath(folder, batch.listId));
  if (path === undefined)
    throw new Failure("not-found", `There is no list ${batch.listId} in ${folder.name}.`);
  if (batch.operation !== "remove")
    return { status: "accepted", job: await pending.take(path, batch.operation, batch.body) };
  const leaving = batch.body
    .split("\n")
    .filter((line) => line !== "")
    .map((line) => keyOf(JSON.parse(line) as string));
  const dropping = dropAddresses(new Set(leaving));
  await rewriteFile(path, dropping, signal);
  const absent = leaving.flatMap((key, index) => (dropping.dropped.has(key) ? [] : [index]));
  return { status: "done", rejected: [], absent };
}

/** Drops the rows of these addresses, and says which there were. */
export function dropAddresses(
  leaving: ReadonlySet<string>,
): Change & { readonly dropped: ReadonlySet<string> } {
  let email = -1;
  const dropped = new Set<string>();
  return {
    dropped,
    next(record) {
      if (email === -1) {
        email = toHeader(record).email;
        return record;
      }
      const key = keyOf(splitCells(record)[email] ?? "");
      if (!leaving.has(key)) return record;
      dropped.add(key);
      return undefined;
    },
    rest: () => [],
  };
}
