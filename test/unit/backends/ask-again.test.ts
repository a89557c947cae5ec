import { expect, test } from "vitest";
import { withRetries, HARMLESS_TWICE, NOT_CARRIED_OUT } from "../../../src/backends/ask-again.js";
import { Failure, type FailureKind } from "../../../src/model/failure.js";

const signal = new AbortController().signal;

/** Fails so many times, and says how often it was tried. */
function failing(kind: FailureKind, times: number): { work: () => Promise<number>; tries: () => number } {
  let tries = 0;
  return {
    work: () => (++tries > times ? Promise.resolve(tries) : Promise.reject(new Failure(kind, "no"))),
    tries: () => tries,
  };
}

test.each<[FailureKind, readonly FailureKind[], number]>([
  ["transient", NOT_CARRIED_OUT, 3],
  ["unknown-outcome", HARMLESS_TWICE, 3],
  ["unknown-outcome", NOT_CARRIED_OUT, 1],
  ["conflict", HARMLESS_TWICE, 1],
  ["auth", HARMLESS_TWICE, 1],
])("%s among %j is tried %i times", async (kind, kinds, tries) => {
  const { work, tries: tried } = failing(kind, 2);
  const result = await withRetries(kinds, signal, work).catch((error: unknown) => (error as Failure).kind);
  expect(result).toBe(tries === 3 ? 3 : kind);
  expect(tried()).toBe(tries);
});

test("retries end at a limit, and at once after an abort", async () => {
  const forever = failing("transient", Infinity);
  await expect(withRetries(NOT_CARRIED_OUT, signal, forever.work)).rejects.toMatchObject({
    kind: "transient",
  });
  expect(forever.tries()).toBe(4);
  const controller = new AbortController();
  const waiting = withRetries(NOT_CARRIED_OUT, controller.signal, () =>
    Promise.reject(new Failure("transient", "no", { retryAfter: 60 })),
  );
  setTimeout(() => controller.abort(new Error("stop")), 10);
  await expect(waiting).rejects.toThrow("stop");
});
