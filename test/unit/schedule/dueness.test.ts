import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { ExportResult } from "../../../src/model/run/run.js";
import type { Schedule, WhenStale } from "../../../src/model/config/schedule.js";
import { recordAfterRun } from "../../../src/schedule/after-run.js";
import { dueTimeOf, duenessOf } from "../../../src/schedule/dueness.js";
import type { ScheduleRecord } from "../../../src/schedule/record.js";
import { latestTick, nextTick } from "../../../src/schedule/ticks.js";

const MINUTE = 60_000;
const daily: Schedule = { crons: ["0 6 * * *"], timezone: "UTC" };

type Outcome = Pick<ExportResult, "status" | "error">;
const good: Outcome = { status: "succeeded", error: undefined };
const failed = (kind: string): Outcome => ({
  status: "failed",
  error: { kind, message: "", hint: undefined },
});
const stale: Outcome = { status: "skipped", error: undefined };

/** Somebody who calls `--due` again and again. */
class Caller {
  record: ScheduleRecord;
  readonly runs: { at: Date; due: Date; outcome: Outcome }[] = [];
  readonly #schedule: Schedule;
  readonly #whenStale: WhenStale;

  constructor(schedule: Schedule, since: Date, whenStale: WhenStale = "skip") {
    this.#schedule = schedule;
    this.#whenStale = whenStale;
    this.record = { since: since.toISOString() };
  }

  /** One call; runs if that is due. */
  call(at: Date, outcome: Outcome): string {
    const now = duenessOf(this.#schedule, this.record, at);
    if (now.state === "due" || now.state === "waiting") {
      const { due } = now;
      this.runs.push({ at, due, outcome });
      const wanted = { schedule: this.#schedule, whenStale: this.#whenStale };
      this.record = recordAfterRun(this.record, {
        due,
        startedAt: at,
        finishedAt: at,
        wanted,
        result: outcome,
      });
    }
    return now.state === "idle" ? now.because : now.state;
  }
}

const at = (text: string): Date => new Date(`2026-07-${text}:00Z`);

describe("a record of the future, by a clock that was ahead", () => {
  const now = at("10T07:00");
  const next = { state: "idle", next: at("11T06:00") };

  test.each<[string, ScheduleRecord, object]>([
    [
      "a success is none, and the export runs once more",
      { succeededAt: "2099-01-01T00:00:00Z" },
      { state: "due", due: at("10T06:00") },
    ],
    [
      "a success of an old export as well",
      { since: "2026-01-01T00:00:00Z", succeededAt: "2026-07-10T09:00:00Z" },
      { state: "due" },
    ],
    ["a schedule begins now", { since: "2026-07-10T09:00:00Z" }, { ...next, because: "new" }],
    [
      "a failure is not waited out",
      {
        since: "2026-01-01T00:00:00Z",
        failing: {
          due: "2026-07-10T06:00:00.000Z",
          attempts: 2,
          at: "2026-07-10T09:00:00Z",
          permanent: false,
        },
      },
      { state: "due", attempt: 1 },
    ],
    [
      "what differs by minutes counts",
      { succeededAt: "2026-07-10T07:04:00Z" },
      { ...next, because: "served" },
    ],
  ])("%s", (_name, record, expected) => {
    expect(duenessOf(daily, record, now)).toMatchObject(expected);
  });
});

describe("whatever the times of the calls", () => {
  const crons = fc.constantFrom("0 6 * * *", "*/15 * * * *", "30 2 * * *", "0 0 1 * *", "0 8-18/2 * * 1-5");
  const schedules = fc.record({
    crons: fc.array(crons, { minLength: 1, maxLength: 2 }),
    timezone: fc.constantFrom("UTC", "Europe/Berlin", "America/New_York"),
  });
  const outcomes = fc.constantFrom(
    good,
    { ...good, status: "unchanged" } as Outcome,
    failed("transient"),
    failed("auth"),
  );
  const calls = fc.array(fc.tuple(fc.integer({ min: 1, max: 4000 }), outcomes), {
    minLength: 1,
    maxLength: 60,
  });
  const starts = fc.date({
    min: new Date("2026-01-01"),
    max: new Date("2027-12-31"),
    noInvalidDate: true,
  });

  test("each scheduled time is served at most once, and never before it was seen", () => {
    fc.assert(
      fc.property(schedules, starts, calls, (schedule, start, minutes) => {
        const caller = new Caller(schedule, start);
        let now = start.getTime();
        for (const [later, outcome] of minutes) caller.call(new Date((now += later * MINUTE)), outcome);
        const served = caller.runs.filter(({ outcome }) => outcome.error === undefined);
        expect(new Set(served.map(({ due }) => due.getTime())).size).toBe(served.length);
        for (const { at: when, due } of caller.runs) {
          expect(due <= when && due > start).toBe(true);
          // Only the newest time: what was missed in between is caught up with by this one run.
          expect(latestTick(schedule, when)).toEqual(due);
        }
      }),
      { numRuns: 150 },
    );
  });

  test("after an outage one run catches up, and the next is at its own time", () => {
    fc.assert(
      fc.property(schedules, starts, fc.integer({ min: 1, max: 60 * 24 * 90 }), (schedule, start, outage) => {
        const caller = new Caller(schedule, start);
        const back = new Date(start.getTime() + outage * MINUTE);
        // At one moment: of two milliseconds, a scheduled time may lie between.
        for (let again = 0; again < 5; again++) caller.call(back, good);
        const missed = nextTick(schedule, start);
        expect(caller.runs.length).toBe(missed !== undefined && missed <= back ? 1 : 0);
        const next = dueTimeOf(duenessOf(schedule, caller.record, back)) ?? new Date(NaN);
        expect(next).toEqual(nextTick(schedule, back));
        const before = caller.runs.length;
        caller.call(new Date(next.getTime() - 1), good);
        caller.call(next, good);
        expect(caller.runs.length).toBe(before + 1);
      }),
      {
        numRuns: 100,
        examples: [
          [
            { crons: ["*/15 * * * *"], timezone: "UTC" },
            new Date("2027-12-30T23:59:59.996Z"),
            60 * 24 * 90 - 30,
          ],
        ],
      },
    );
  });
});

describe("failures", () => {
  test("are tried again after 4, 8, 16 and 32 minutes, then given up until the next time", () => {
    const caller = new Caller(daily, at("01T00:00"));
    const states = new Map<string, string>();
    for (let minute = 0; minute < 120; minute += 1) {
      const now = new Date(at("01T06:00").getTime() + minute * MINUTE);
      states.set(now.toISOString().slice(11, 16), caller.call(now, failed("transient")));
    }
    expect(caller.runs.map(({ at: when }) => when.toISOString().slice(11, 16))).toEqual([
      "06:00",
      "06:04",
      "06:12",
      "06:28",
      "07:00",
    ]);
    expect(states.get("06:59")).toBe("retrying");
    expect(states.get("07:01")).toBe("given up");
    expect(caller.call(at("02T05:59"), good)).toBe("given up");
    expect(caller.call(at("02T06:00"), good)).toBe("due");
    expect(caller.call(at("02T06:05"), good)).toBe("served");
  });

  test("are found by the next call of a five-minute cron", () => {
    const caller = new Caller(daily, at("01T00:00"));
    caller.call(new Date(at("01T06:00").getTime() + 20_000), failed("rate-limit"));
    expect(caller.call(at("01T06:05"), good)).toBe("due");
  });

  test.each(["auth", "invalid", "permanent", "refused"])(
    "of the kind %s wait for the next time at once",
    (kind) => {
      const caller = new Caller(daily, at("01T00:00"));
      caller.call(at("01T06:00"), failed(kind));
      expect(caller.call(at("01T08:00"), good)).toBe("given up");
      expect(duenessOf(daily, caller.record, at("01T08:00"))).toMatchObject({ due: at("01T06:00") });
    },
  );

  test("do not count towards the next scheduled time", () => {
    const caller = new Caller(daily, at("01T00:00"));
    caller.call(at("01T06:00"), failed("transient"));
    caller.call(at("02T06:00"), failed("transient"));
    expect(caller.record.failing?.attempts).toBe(1);
  });
});

describe("a run that somebody asked for", () => {
  const wanted = { schedule: daily, whenStale: "skip" } as const;
  const asked = (result: Outcome, when: Date): ScheduleRecord =>
    recordAfterRun(
      { since: at("01T00:00").toISOString() },
      { due: undefined, startedAt: when, finishedAt: when, wanted, result },
    );

  test("serves the times before it when it succeeds", () => {
    expect(duenessOf(daily, asked(good, at("01T06:10")), at("01T06:15")).state).toBe("idle");
    expect(duenessOf(daily, asked(good, at("01T05:50")), at("01T06:15")).state).toBe("due");
  });

  test("leaves what is due due when it fails, or is stopped", () => {
    expect(duenessOf(daily, asked(failed("auth"), at("01T06:10")), at("01T06:15")).state).toBe("due");
    expect(
      duenessOf(daily, asked({ status: "interrupted", error: undefined }, at("01T06:10")), at("01T06:15"))
        .state,
    ).toBe("due");
  });
});

describe("data that is too old", () => {
  test("leaves the time out when it is to be skipped", () => {
    const caller = new Caller(daily, at("01T00:00"));
    caller.call(at("01T06:00"), stale);
    expect(caller.call(at("01T09:00"), good)).toBe("stale");
    expect(caller.call(at("02T06:00"), good)).toBe("due");
  });

  test("is waited for until the deadline", () => {
    const caller = new Caller(daily, at("01T00:00"), { waitSeconds: 3600 });
    caller.call(at("01T06:00"), stale);
    expect(caller.call(at("01T06:59"), stale)).toBe("waiting");
    expect(caller.call(at("01T07:00"), good)).toBe("stale");
    expect(caller.runs.length).toBe(2);
  });

  test("is waited for until the next time at the longest", () => {
    const caller = new Caller(daily, at("01T00:00"), { waitSeconds: undefined });
    caller.call(at("01T06:00"), stale);
    expect(caller.call(at("02T05:59"), stale)).toBe("waiting");
    expect(caller.call(at("02T06:00"), good)).toBe("due");
    expect(caller.call(at("02T06:05"), good)).toBe("served");
  });
});

test("a schedule that is off is never due, and a new one not for a time before it was seen", () => {
  expect(duenessOf(undefined, {}, at("01T06:00")).state).toBe("manual");
  expect(duenessOf(daily, {}, at("01T06:00"))).toMatchObject({ state: "idle", because: "new" });
});
