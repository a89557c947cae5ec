import { Failure } from "../../model/failure.js";

/** Says in the message of a failure where it happened. */
export async function addPlaceToFailure<Result>(where: string, work: () => Promise<Result>): Promise<Result> {
  try {
    return await work();
  } catch (error) {
    if (!(error instanceof Failure) || error.message.startsWith(where)) throw error;
    throw new Failure(error.kind, `${where}: ${error.message}`, {
      ...(error.hint === undefined ? {} : { hint: error.hint }),
      ...(error.retryAfter === undefined ? {} : { retryAfter: error.retryAfter }),
      cause: error,
    });
  }
}
