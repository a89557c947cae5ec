import { expect, it } from "vitest";
import { signal, Stage } from "./stage.js";

/** A sandbox whose clock stands still two seconds before the end of a minute, until it is started. */
async function stageBeforeTheMinute(): Promise<{ stage: Stage; list: string; startClock: () => void }> {
  const stopped = Math.floor(Date.now() / 60_000) * 60_000 + 58_000;
  let started: number | undefined;
  const stage = await Stage.open({
    limits: "vendor",
    delays: "none",
    clock: () => (started === undefined ? stopped : stopped + Date.now() - started),
  });
  const startClock = (): void => void (started ??= Date.now());
  return { stage, list: stage.account.addList("Customers"), startClock };
}

function upserts({ sandbox }: Stage) {
  return sandbox.stats().endpoints.find(({ endpoint }) => endpoint === "PUT /v3/marketing/contacts");
}

it("keeps below 200 upserts a minute by what the answers say, without a single 429", async () => {
  const { stage, list, startClock } = await stageBeforeTheMinute();
  const destination = stage.connect({ rateLimits: "standard" }, startClock);
  for (let i = 0; i < 203; i++) {
    await destination.write(stage.batch("add", list, [{ email: `p${i}@example.com` }]), signal);
  }
  expect(upserts(stage)).toMatchObject({ requests: 203, limited: 0 });
  await stage.close();
});

it("waits for the window when somebody else has used it up", async () => {
  const { stage, list, startClock } = await stageBeforeTheMinute();
  for (let i = 0; i < 200; i++) await stage.write("add", list, [{ email: `p${i}@example.com` }]);
  const destination = stage.connect({ rateLimits: "standard" }, startClock);
  await destination.write(stage.batch("add", list, [{ email: "late@example.com" }]), signal);
  expect(upserts(stage)).toMatchObject({ requests: 202, limited: 1 });
  expect(stage.account.memberCount(list)).toBe(201);
  await stage.close();
});
