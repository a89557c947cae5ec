import { join } from "node:path";
import { expect } from "vitest";
import { mustHaveRoot } from "../../../src/state/root/lost-root.ts";
import { openState } from "../../../src/state/store.ts";
import { fails, info, names, reading, signal, text, type Cases } from "./support.ts";

/** The store as a whole. */
export const wholeCases: Cases = {
  "nothing stored is absent, not an error": async ({ a }) => {
    expect(await a.readRoot(signal)).toBeUndefined();
    expect(await names(a, "")).toEqual([]);
    expect(await a.leases(signal)).toEqual([]);
    await fails(a.readBlob("ledger/none", signal), "not-found");
  },

  "a state whose root document is lost is not taken for an empty one": async ({ a, b }) => {
    await mustHaveRoot(await openState(a, signal), signal);
    await a.putBlob("changesets/of-a-plan", { bytes: text("x") }, signal);
    await mustHaveRoot(await openState(a, signal), signal);
    await b.putBlob("ledger/of-a-run", { bytes: text("x") }, signal);
    await fails(
      openState(a, signal).then((store) => mustHaveRoot(store, signal)),
      "invalid",
    );
  },

  "an abort stops every method": async ({ a }, scratch) => {
    const aborted = AbortSignal.abort(new Error("stop"));
    const { version } = await a.writeRoot(text("one"), undefined, signal);
    await a.putBlob("x/y", { bytes: text("z") }, signal);
    const lease = await a.acquireLease("account-1", info, 60_000, signal);
    const attempts = [
      a.readRoot(aborted),
      a.writeRoot(text("two"), version, aborted),
      a.putBlob("x/z", { bytes: text("z") }, aborted),
      a.readBlob("x/y", aborted),
      a.getBlob("x/y", join(scratch, "y"), aborted),
      (async () => {
        for await (const _ of a.listBlobs("x", aborted));
      })(),
      a.deleteBlob("x/y", aborted),
      a.acquireLease("account-2", info, 60_000, aborted),
      lease.renew(aborted),
      a.breakLease("account-1", lease.id, aborted),
      a.leases(aborted),
    ];
    const results = await Promise.allSettled(attempts);
    expect(results).toEqual(results.map(() => ({ status: "rejected", reason: aborted.reason as Error })));
    expect((await reading(a))?.text).toBe("one");
    expect(await names(a, "")).toEqual(["x/y"]);
    expect(await a.leases(signal)).toHaveLength(1);
  },
};
