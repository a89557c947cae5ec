import { Failure } from "./failure.js";

/**
 * What a piece of work gives that can be done without; undefined when it
 * failed, with a failure to be told or not. What is not a failure of the work
 * (a defect, the end of the run) is thrown.
 */
export async function unlessFailed<Result>(
  work: () => Promise<Result>,
  tell: (failure: Failure) => void = () => undefined,
): Promise<Result | undefined> {
  try {
    return await work();
  } catch (error) {
    if (!(error instanceof Failure) || error.kind === "interrupted") throw error;
    tell(error);
    return undefined;
  }
}
