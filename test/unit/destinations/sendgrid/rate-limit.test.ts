import { expect, it } from "vitest";
import { signal, Stage } from "./stage.js";

/** A sandbox whose clock starts some seconds before the end of a minute. */
async function stageBeforeTheMinute(): Promise<{ stage: Stage; list: string }> {
  const ahead = Math.floor(Date.now() / 60_000) * 60_000 + 52_000 - Date.now();
  const stage = await Stage.open({ limits: "vendor", delays: "none", clock: () => Date.now() + ahead });
  return { stage, list: stage.account.addList("Customers") };
}

function upserts({ sandbox }: Stage) {
  return sandbox.stats().endpoints.find(({ endpoint }) => endpoint === "PUT /v3/marketing/contacts");
}

// Both wait those seconds, and so at the same time.
it.concurrent(
  "the client stays below 200 upserts a minute by the headers of answers, without a single 429",
  async () => {
    const { stage, list } = await stageBeforeTheMinute();
    const destination = stage.connect({ rateLimits: "standard" });
    for (let i = 0; i < 203; i++) {
      await destination.write(stage.batch("add", list, [{ email: `p${i}@example.com` }]), signal);
    }
    expect(upserts(stage)).toMatchObject({ requests: 203, limited: 0 });
    await stage.close();
  },
);

it.concurrent("the client waits for the next window when somebody else has used it up", async () => {
  const { stage, list } = await stageBeforeTheMinute();
  for (let i = 0; i < 200; i++) await stage.write("add", list, [{ email: `p${i}@example.com` }]);
  const destination = stage.connect({ rateLimits: "standard" });
  await destination.write(stage.batch("add", list, [{ email: "late@example.com" }]), signal);
  expect(upserts(stage)).toMatchObject({ requests: 202, limited: 1 });
  expect(stage.account.memberCount(list)).toBe(201);
  await stage.close();
});
