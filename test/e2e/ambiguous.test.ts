import { describe, expect, it } from "vitest";
import type { Fault, FaultEffect } from "../../src/sandbox/index.js";
import { FULL } from "../support/full.js";
import { openProject, type Project, type Row, type Yaml } from "../support/project.js";
import { remoteOf } from "../support/remote.js";
import { rollcall } from "../support/rollcall.js";

type Type = "brevo" | "sendgrid";

const ADD = {
  brevo: { method: "POST", path: "/contacts/import" },
  sendgrid: { method: "PUT", path: "/v3/marketing/contacts" },
} as const;
const STATUS = { brevo: "/processes*", sendgrid: "/v3/marketing/contacts/imports/*" } as const;
const REMOVE = {
  brevo: { method: "POST", path: "/contacts/lists/*/contacts/remove" },
  sendgrid: { method: "DELETE", path: "/v3/marketing/lists/*/contacts" },
} as const;
const ACCEPTED = { brevo: '{"processId":', sendgrid: '{"job_id":' } as const;

interface Case {
  readonly faults: (type: Type) => readonly Fault[];
  readonly delays?: (type: Type) => { readonly jobMs: number; readonly visibleMs: number };
  readonly connection?: Yaml;
  /** How many bodies with people the vendor may be sent in all. */
  readonly sends: Readonly<Record<Type, number>>;
  /** Runs with the fault that may leave something to the next one. */
  readonly first: readonly number[];
  readonly only?: Type;
}

const SLOW_JOB = (): { jobMs: number; visibleMs: number } => ({ jobMs: 1500, visibleMs: 0 });
const HTML = "<html><body>error code: 524</body></html>";
const once = (type: Type, effect: FaultEffect): readonly Fault[] => [{ ...ADD[type], nth: 1, effect }];
const answer = (body: string): FaultEffect => ({
  kind: "answer",
  status: 202,
  type: "application/json",
  body,
  carriedOut: true,
});

/**
 * What may be sent twice: SendGrid's upsert is the same twice over, and its jobs
 * cannot be found without their ids, so that a lost one may be sent again.
 */
const ONE_IMPORT = { brevo: 1, sendgrid: 2 } as const;

const CASES: Readonly<Record<string, Case>> = {
  "a lost reply, while the job is queued": {
    faults: (type) => once(type, { kind: "drop", carriedOut: true }),
    delays: SLOW_JOB,
    sends: ONE_IMPORT,
    first: [0],
  },
  "a 524 page, while the job is queued": {
    faults: (type) => once(type, { kind: "answer", status: 524, body: HTML, carriedOut: true }),
    delays: SLOW_JOB,
    sends: ONE_IMPORT,
    first: [0],
  },
  "a connection that breaks in the middle of the request": {
    faults: (type) => once(type, { kind: "cut", bytes: 100 }),
    sends: { brevo: 1, sendgrid: 1 },
    first: [0],
  },
  "a connection that breaks in the middle of the answer": {
    faults: (type) => once(type, { kind: "truncate", bytes: 6 }),
    delays: SLOW_JOB,
    sends: ONE_IMPORT,
    first: [0],
  },
  "a 2xx that is not JSON": {
    faults: (type) => once(type, answer("Accepted")),
    delays: SLOW_JOB,
    sends: ONE_IMPORT,
    first: [0],
  },
  "a 2xx that breaks off": {
    faults: (type) => once(type, answer(ACCEPTED[type])),
    delays: SLOW_JOB,
    sends: ONE_IMPORT,
    first: [0],
  },
  "a 2xx without the job": {
    faults: (type) => once(type, answer("{}")),
    delays: SLOW_JOB,
    sends: ONE_IMPORT,
    first: [0],
  },
  "a 2xx that is null": {
    faults: (type) => once(type, answer("null")),
    delays: SLOW_JOB,
    sends: ONE_IMPORT,
    first: [0],
  },
  "a job that vanishes": {
    faults: (type) =>
      type === "brevo"
        ? [
            {
              method: "GET",
              path: "/processes",
              nth: 1,
              effect: {
                ...answer('{"count":1,"processes":[{"id":999,"name":"X","status":"completed"}]}'),
                status: 200,
              } as FaultEffect,
            },
            {
              method: "GET",
              path: "/processes/*",
              nth: 1,
              effect: gone('{"code":"document_not_found","message":"no"}'),
            },
          ]
        : [
            {
              method: "GET",
              path: STATUS[type],
              nth: 1,
              effect: gone('{"errors":[{"message":"not found"}]}'),
            },
          ],
    delays: SLOW_JOB,
    sends: ONE_IMPORT,
    first: [0],
  },
  "a job that is stuck": {
    faults: (type) =>
      type === "brevo"
        ? []
        : [
            {
              method: "GET",
              path: STATUS[type],
              effect: { ...answer('{"id":"job","status":"pending"}'), status: 200 } as FaultEffect,
            },
          ],
    // Exports of lists are jobs as well at SendGrid, so that there only the status says that it goes on.
    delays: (type) => ({ jobMs: type === "brevo" ? 600_000 : 50, visibleMs: 0 }),
    connection: { jobTimeout: "1s" },
    sends: { brevo: 1, sendgrid: 1 },
    first: [0, 1, 8],
  },
  "a removal whose reply is lost": {
    faults: (type) => [{ ...REMOVE[type], nth: 1, effect: { kind: "drop", carriedOut: true } }],
    sends: { brevo: 1, sendgrid: 1 },
    first: [0],
    // SendGrid may show a removal late, so that who is gone counts only after a minute; resume.test.ts has that.
    only: "brevo",
  },
};

function gone(body: string): FaultEffect {
  return { kind: "answer", status: 404, type: "application/json", body };
}

/** What `npm test` has; resume.test.ts has a lost reply at SendGrid, too. */
const DAILY: Readonly<Record<Type, readonly string[]>> = {
  brevo: ["a lost reply, while the job is queued", "a 2xx without the job", "a job that is stuck"],
  sendgrid: ["a 2xx without the job", "a job that is stuck"],
};
const casesAt = (type: Type): string[] =>
  Object.entries(CASES).flatMap(([name, { only = type }]) =>
    only === type && (FULL || DAILY[type].includes(name)) ? [name] : [],
  );

const people = (first: number, last: number): Row[] =>
  Array.from({ length: last - first + 1 }, (_, index) => ({
    email: `p${first + index}@example.com`,
    first_name: "Ann",
  }));

describe.each(FULL ? (["brevo", "sendgrid"] as const) : (["brevo"] as const))("%s", (type) => {
  it.concurrent.for(casesAt(type))(
    "%s: nothing twice, nobody lost, no stranger touched",
    { timeout: 90_000 },
    async (name, { onTestFinished }) => {
      const set = CASES[name];
      if (set === undefined) throw new TypeError(name);
      const project = await openProject({
        sandbox: { delays: set.delays?.(type) ?? { jobMs: 50, visibleMs: 0 } },
      });
      onTestFinished(() => project.stop());
      const remote = remoteOf(project, type);
      const list = await remote.addList("customers");
      await remote.addStranger("stranger@example.com", [list], "Stranger");
      const removing = name.startsWith("a removal");
      if (removing) for (const { email } of people(21, 24)) await remote.addStranger(String(email), [list]);
      await project.config({
        connections: project.connections({ requestTimeout: "2s", ...set.connection }),
        segments: {
          all: { source: "crm" },
          out: { source: "crm", where: "first_name = 'Out'", allowEmpty: true },
        },
        suppressions: ["out"],
        exports: {
          weekly: {
            connection: type,
            list,
            segments: ["all"],
            match: { email: "email" },
            attributes: { firstName: "first_name" },
            safeguards: { maxRemovals: { share: "100%" }, maxWithdrawals: { share: "100%" } },
          },
        },
      });
      const wanted = people(1, 20);
      await project.profiles(wanted);
      const run = (...words: string[]) => rollcall([...words], { cwd: project.folder });
      if (removing) {
        await project.profiles([...wanted, ...people(21, 24)]);
        expect((await run("apply", "--auto-approve")).code).toBe(0);
        await project.profiles([...wanted, ...people(21, 24).map((row) => ({ ...row, first_name: "Out" }))]);
      }
      const heal = set.faults(type).map((fault) => project.sandbox.inject(fault));
      const first = await run("apply", "--auto-approve", "--json");
      for (const one of heal) one();
      expect(set.first, first.stdout + first.stderr).toContain(first.code);
      await project.sandbox.settle();
      if (first.code !== 0) {
        const next = await run("apply", "--auto-approve");
        expect(next.code, next.stdout + next.stderr).toBe(0);
      }
      expect(sends(project, type)).toBeGreaterThan(0);
      expect(sends(project, type)).toBeLessThanOrEqual(set.sends[type]);
      await project.sandbox.settle();
      const members = await remote.members(list);
      expect([...members.keys()].sort()).toEqual(
        ["stranger@example.com", ...wanted.map(({ email }) => String(email))].sort(),
      );
      expect(members.get("stranger@example.com")).toMatchObject({ [remote.firstName]: "Stranger" });
      const next = await run("plan", "--detailed-exitcode");
      expect(next.code, next.stdout + next.stderr).toBe(0);
    },
  );
});

/** Bodies with people that the vendor took on. */
function sends({ sandbox }: Project, type: Type): number {
  return type === "brevo"
    ? sandbox.brevo().processes.filter(({ name }) => /IMPORT/i.test(name)).length
    : sandbox.sendgrid().jobs.filter(({ job_type }) => job_type === "upsert_contacts").length;
}
