import type { Destination, WriteBatch, WriteResult } from "../../../../src/plugin/destination.js";
import { rowsOf } from "../../../support/sql.js";

const signal = new AbortController().signal;

/** Writes a batch, and asks for its job where it was only taken on. */
export async function carryOut(
  destination: Destination,
  batch: WriteBatch,
): Promise<WriteResult | { readonly state: string | undefined; readonly refused: readonly object[] }> {
  const result = await destination.write(batch, signal);
  if (result.status !== "accepted") return result;
  const [ended] = await destination.jobs([result.job], signal);
  return { state: ended?.state, refused: await rowsOf(await destination.rejects(result.job, signal)) };
}
