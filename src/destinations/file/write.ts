import { Failure } from "../../model/failure.js";
import type { WriteBatch, WriteResult } from "../../plugin/destination.js";
import { cells } from "./csv.js";
import { keyOf, listPath, placeIn, type Folder } from "./folder.js";
import { toHeader } from "./header.js";
import { Merge } from "./merge.js";
import { rewrite, type Change } from "./rewrite.js";

/** Carries a batch out at once. An update of somebody who is not on the list is refused: it must not add anybody. */
export async function write(folder: Folder, batch: WriteBatch, signal: AbortSignal): Promise<WriteResult> {
  const path = await placeIn(folder, listPath(folder, batch.listId));
  if (path === undefined)
    throw new Failure("not-found", `There is no list ${batch.listId} in ${folder.name}.`);
  if (batch.operation === "remove") {
    const leaving = lines(batch.body).map((line) => keyOf(JSON.parse(line) as string));
    const dropping = without(new Set(leaving));
    await rewrite(path, dropping, signal);
    const absent = leaving.flatMap((key, index) => (dropping.dropped.has(key) ? [] : [index]));
    return { status: "done", rejected: [], absent };
  }
  const merge = new Merge(batch.body, batch.operation === "add");
  await rewrite(path, merge, signal);
  const missing = batch.operation === "add" ? [] : merge.missing();
  const rejected = missing.map((index) => ({ index, reason: "gone at destination" }));
  return { status: "done", rejected };
}

/** Drops the rows of these addresses, and says which there were. */
export function without(leaving: ReadonlySet<string>): Change & { readonly dropped: ReadonlySet<string> } {
  let email = -1;
  const dropped = new Set<string>();
  return {
    dropped,
    next(record) {
      if (email === -1) {
        email = toHeader(record).email;
        return record;
      }
      const key = keyOf(cells(record)[email] ?? "");
      if (!leaving.has(key)) return record;
      dropped.add(key);
      return undefined;
    },
    rest: () => [],
  };
}

function lines(body: string): readonly string[] {
  return body.split("\n").filter((line) => line !== "");
}
