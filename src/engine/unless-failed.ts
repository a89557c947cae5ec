import { Failure } from "../model/failure.js";

/** Undefined where a query fails whose answer would only say more in a message: that is told all the same. */
export async function unlessFailed<Result>(work: Promise<Result>): Promise<Result | undefined> {
  try {
    return await work;
  } catch (error) {
    if (!(error instanceof Failure) || error.kind === "interrupted") throw error;
    return undefined;
  }
}
