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
    const gone = new Set(lines(batch.body).map((line) => keyOf(JSON.parse(line) as string)));
    await rewrite(path, without(gone), signal);
    return { status: "done", rejected: [] };
  }
  const merge = new Merge(batch.body, batch.operation === "add");
  await rewrite(path, merge, signal);
  const missing = batch.operation === "add" ? [] : merge.missing();
  const rejected = missing.map((index) => ({ index, reason: "gone at destination" }));
  return { status: "done", rejected };
}

/** Drops the rows of these addresses. */
export function without(gone: ReadonlySet<string>): Change {
  let email = -1;
  return {
    next(record) {
      if (email !== -1) return gone.has(keyOf(cells(record)[email] ?? "")) ? undefined : record;
      email = toHeader(record).email;
      return record;
    },
    rest: () => [],
  };
}

function lines(body: string): readonly string[] {
  return body.split("\n").filter((line) => line !== "");
}
