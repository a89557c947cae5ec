import { expect, test } from "vitest";
import { Leases } from "../../../src/backends/leases.js";

test("a store whose versions never match is given up after a while", async () => {
  let asked = 0;
  const leases = new Leases({
    clockStepMs: 0,
    fix: () => "delete it",
    read: () => Promise.resolve({ stored: undefined, now: Date.now() }),
    swap: () => (++asked > 1000 ? Promise.reject(new Error("for ever")) : Promise.resolve(false)),
    names: () => Promise.resolve([]),
  });
  const subject = { account: "brevo:42", label: "Acme", connections: ["main"] };
  const info = { operation: "apply", who: "anna@host", pid: 4711, subject };
  const taking = leases.acquire("account-1", info, 60_000, new AbortController().signal);
  await expect(taking).rejects.toMatchObject({ kind: "permanent" });
});
