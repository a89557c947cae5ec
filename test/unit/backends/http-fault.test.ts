import { expect, test } from "vitest";
import { explainFault, type Fault } from "../../../src/backends/http-fault.js";

const store = { label: "the store", grant: "Check the key.", create: "Make it." };

function fault(given: Partial<Fault>, headers: Readonly<Record<string, string>> = {}): Fault {
  const header = (name: string): string | undefined => headers[name];
  return { error: new Error("canary 4711"), status: undefined, code: "Some", header, write: false, ...given };
}

test.each<[Partial<Fault>, string, string]>([
  [{ status: 403 }, "auth", "the store refused access (403, Some)"],
  [{ status: 404 }, "not-found", "the store does not exist (Some)"],
  [{ status: 503, code: "SlowDown", write: true }, "transient", "the store is busy (503, SlowDown)"],
  [{ status: 500 }, "transient", "the store answered with 500 (Some)"],
  [
    { status: 500, write: true },
    "unknown-outcome",
    "a write to the store was answered with 500 (Some); it may have been carried out",
  ],
  [{ status: 400, code: "secret=canary" }, "permanent", "the store refused a request (400, no code)"],
  [
    { error: Object.assign(new Error(), { code: "ECONNREFUSED" }), write: true },
    "transient",
    "the store cannot be reached (ECONNREFUSED)",
  ],
  [
    { error: Object.assign(new Error(), { code: "ECONNRESET" }), write: true },
    "unknown-outcome",
    "a write to the store lost the connection (ECONNRESET); it may have been carried out",
  ],
  [
    { error: Object.assign(new Error(), { name: "AbortError" }), write: true },
    "unknown-outcome",
    "a write to the store took too long; it may have been carried out",
  ],
])("%j is %s", (given, kind, message) => {
  expect(explainFault(fault(given), store)).toMatchObject({ kind, message });
});

test("the pause is the one that the store asks for, within reason", () => {
  const wait = (seconds: string): unknown =>
    explainFault(fault({ status: 503 }, { "retry-after": seconds }), store).retryAfter;
  expect([wait("7"), wait("86400"), wait("-1"), wait("soon")]).toEqual([7, 300, undefined, undefined]);
});

test("a wrong clock is named when it looks like a wrong key", () => {
  const at = (ms: number): string => new Date(Date.now() + ms).toUTCString();
  const hint = (ms: number): unknown => explainFault(fault({ status: 403 }, { date: at(ms) }), store).hint;
  expect(hint(0)).toBe("Check the key.");
  expect(hint(-3_600_000)).toBe(
    "The clock of this machine is 60 minutes ahead of the store's, and requests are signed with the time. Set it right.",
  );
  expect(hint(3_600_000)).toContain("60 minutes behind the store's");
});
