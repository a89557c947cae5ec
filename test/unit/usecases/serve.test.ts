import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, it } from "vitest";
import type { Dueness } from "../../../src/model/config/schedule.js";
import type { ExportStatusReport } from "../../../src/model/reports/status.js";
import { serve } from "../../../src/usecases/serve.js";
import { Meters } from "../../../src/usecases/serve/meters.js";
import type { Round } from "../../../src/usecases/serve/round.js";
import { letTimePass, resetClock } from "../../support/clock.js";

const CONFIG = JSON.stringify({
  version: 1,
  schedule: { cron: "* * * * *" },
  connections: { c: { type: "file", path: "lists" } },
  sources: { s: { type: "files", path: "s.csv" } },
  segments: { all: { source: "s" } },
  exports: { weekly: { connection: "c", list: "l", segments: ["all"], match: { email: "email" } } },
});
let folder: string;

const configure = (text: string): Promise<void> => writeFile(join(folder, "exports.config.yaml"), text);

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "rollcall-serve-"));
  await configure(CONFIG);
});
afterEach(async () => {
  resetClock();
  await rm(folder, { recursive: true });
});

/** Serves for a while, with a pause of a quarter of a second. */
async function served(ms: number, onRound: (round: Round, count: number) => void): Promise<number> {
  const stop = new AbortController();
  let rounds = 0;
  setTimeout(() => stop.abort(), ms);
  await serve({
    cwd: folder,
    listen: { host: "127.0.0.1", port: 0 },
    intervalSeconds: 0.25,
    emit: () => undefined,
    signal: new AbortController().signal,
    stop: stop.signal,
    actor: "tester",
    onReady: () => undefined,
    onRound: (round) => onRound(round, ++rounds),
  });
  return rounds;
}

it("serve pauses between rounds also when a due export cannot be handled", async () => {
  const seen: boolean[] = [];
  const rounds = await served(1200, ({ readiness }, count) => {
    seen.push(readiness.configValid);
    if (count > 1) return;
    void configure("version: 1\nexports: {weekly: {}}\n");
    letTimePass(120);
  });
  expect(seen.slice(0, 2)).toEqual([true, false]);
  // Without pauses there were hundreds.
  expect(rounds).toBeLessThanOrEqual(20);
});

it("the lag of an export grows from its next scheduled time on when no round ran since", () => {
  const at = (time: string): Date => new Date(`2026-07-01T${time}Z`);
  const dueness: Dueness = { state: "idle", because: "served", next: at("06:00:00") };
  const one = { name: "weekly", connection: "c", dueness, status: "succeeded" } as ExportStatusReport;
  const lag = (now: Date): number | undefined =>
    new Meters()
      .metrics({ ready: false, configValid: true, reason: "no state" }, [one], now)
      .find(({ name }) => name === "rollcall_export_due_lag_seconds")?.values[0]?.value;
  expect(lag(at("05:59:00"))).toBe(0);
  expect(lag(at("06:10:00"))).toBe(600);
});
