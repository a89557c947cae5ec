import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, expect, it } from "vitest";
import { brevo } from "../../../../src/destinations/brevo/index.js";
import { Secret } from "../../../../src/platform/secret.js";
import { startFaultServer } from "../../../support/fault-server.js";
import { connection } from "./fixtures.js";

const HOUR = 3_600_000;
const cleanups: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  for (const cleanup of cleanups.splice(0)) await cleanup();
});

/** Where the next read of opt-outs would begin, in hours from now, after an answer with this date. */
async function nextFrom(date: string, since?: string): Promise<number> {
  const body = JSON.stringify({ contacts: [], count: 0 });
  const server = await startFaultServer([{ status: 200, headers: { date }, body }]);
  const scratch = await mkdtemp(join(tmpdir(), "rollcall-brevo-"));
  cleanups.push(
    () => server.close(),
    () => rm(scratch, { recursive: true }),
  );
  const destination = brevo.open({
    connection: connection({ rateLimits: "none" }, { baseUrl: server.url }),
    apiKey: new Secret("key"),
    folder: scratch,
    scratch,
    spent: {},
  });
  const { watermark } = await destination.optOuts({ since, lists: [] }, new AbortController().signal);
  return (Date.parse(watermark) - Date.now()) / HOUR;
}

it("opt-outs are read on from the earlier of Brevo's clock and ours", async () => {
  expect(await nextFrom(new Date(Date.now() - 2 * HOUR).toUTCString())).toBeCloseTo(-2, 1);
  expect(await nextFrom(new Date(Date.now() + 2 * HOUR).toUTCString())).toBeCloseTo(0, 1);
});

it("where Brevo does not say what time it is there, the last mark stays, and without one all are read again", async () => {
  expect(await nextFrom("today", new Date(Date.now() - 5 * HOUR).toISOString())).toBeCloseTo(-5, 1);
  expect(await nextFrom("today")).toBeLessThan(-24 * 365 * 50);
});
