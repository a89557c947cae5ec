import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, expect, it } from "vitest";
import { brevo } from "../../../../../src/destinations/brevo/index.js";
import { parseMarks } from "../../../../../src/destinations/brevo/read/marks.js";
import { Secret } from "../../../../../src/platform/secrets/secret.js";
import { startFaultServer } from "../../../../support/fault-server.js";
import { connection } from "../fixtures.js";

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

/** Reads the opt-outs of an account with list 1, each answer after the other. */
async function readOf(
  ...answers: readonly { status: number; body: object; date: number }[]
): Promise<string> {
  const server = await startFaultServer(
    answers.map(({ status, body, date }) => ({
      status,
      headers: { date: new Date(date).toUTCString() },
      body: JSON.stringify(body),
    })),
  );
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
  const read = await destination.optOuts({ since: undefined, lists: ["1"] }, new AbortController().signal);
  return read.watermark;
}

const nobody = { contacts: [], count: 0 };
const start = Date.now() - HOUR;

it("a list is read on from where the account is, so that nothing falls between the two reads", async () => {
  const marks = parseMarks(
    await readOf(
      { status: 200, body: nobody, date: start },
      { status: 200, body: nobody, date: start + 10 * 60_000 },
    ),
  );
  expect(marks.lists.get("1")).toBe(marks.account);
});

it("a list whose contacts are not found has nobody only if it is gone itself", async () => {
  const gone = {
    status: 404,
    body: { code: "document_not_found", message: "List ID does not exist" },
    date: start,
  };
  const first = { status: 200, body: nobody, date: start };
  await expect(readOf(first, gone, gone)).resolves.toBeTypeOf("string");
  await expect(
    readOf(first, gone, { status: 200, body: { id: 1, name: "customers" }, date: start }),
  ).rejects.toMatchObject({ kind: "not-found" });
});
