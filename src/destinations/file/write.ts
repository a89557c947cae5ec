import { access } from "node:fs/promises";
import { Failure } from "../../model/failure.js";
import type { WriteBatch, WriteResult } from "../../plugin/destination.js";
import { cells } from "./csv.js";
import { keyOf, listPath, type Folder } from "./folder.js";
import { toHeader } from "./header.js";
import { Merge } from "./merge.js";
import { rewrite } from "./rewrite.js";

/** Carries a batch out at once. An update of somebody who is not on the list is refused: it must not add anybody. */
export async function write(folder: Folder, batch: WriteBatch, signal: AbortSignal): Promise<WriteResult> {
  const path = listPath(folder, batch.listId);
  try {
    await access(path);
  } catch (error) {
    throw new Failure("not-found", `There is no list ${batch.listId} in ${folder.name}.`, { cause: error });
  }
  if (batch.operation === "remove") {
    const gone = new Set(lines(batch.body).map((line) => keyOf(JSON.parse(line) as string)));
    await rewrite(path, (records) => without(records, gone), signal);
    return { status: "done", rejected: [] };
  }
  const merge = new Merge(batch.body, batch.operation === "add");
  await rewrite(path, (records) => merge.apply(records), signal);
  const missing = batch.operation === "add" ? [] : merge.missing();
  const rejected = missing.map((index) => ({ index, reason: "gone at destination" }));
  return { status: "done", rejected };
}

async function* without(records: AsyncIterable<string>, gone: ReadonlySet<string>): AsyncGenerator<string> {
  let email = -1;
  for await (const record of records) {
    if (email === -1) email = toHeader(record).email;
    else if (gone.has(keyOf(cells(record)[email] ?? ""))) continue;
    yield record;
  }
}

function lines(body: string): readonly string[] {
  return body.split("\n").filter((line) => line !== "");
}
