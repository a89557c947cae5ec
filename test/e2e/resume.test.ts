import { spawn, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import { fileURLToPath } from "node:url";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { Fault, FaultEffect } from "../../src/sandbox/index.js";
import { letTimePass, resetClock } from "../support/clock.js";
import { FULL, onlyAt } from "../support/full.js";
import { numbered } from "../support/people.js";
import type { Row } from "../support/project.js";
import { openStory, type Story } from "../support/story.js";

const main = fileURLToPath(new URL("../../dist/command/rollcall.js", import.meta.url));
const OTHER_JOBS = { count: 1, processes: [{ id: 999_999, name: "IMPORTUSER", status: "completed" }] };
const NO_JOB = {
  brevo: { code: "document_not_found", message: "Process not found" },
  sendgrid: { errors: [{ message: "not found" }] },
};
const json = (status: number, body: unknown): FaultEffect => ({
  kind: "answer",
  status,
  type: "application/json",
  body: JSON.stringify(body),
});
const HTML = "<html><body>error code: 524</body></html>";

describe.each(["brevo", "sendgrid"] as const)("%s", (type) => {
  const atBrevo = onlyAt(type, "brevo");
  const atSendgrid = onlyAt(type, "sendgrid");
  let story: Story;

  beforeEach(async () => {
    story = await openStory(type, {
      sandbox: { delays: { jobMs: 30, visibleMs: 0 } },
      weekly: {
        attributes: { firstName: "first_name" },
        safeguards: { maxRemovals: { share: "100%" } },
      },
    });
    await story.remote.addStranger("stranger@example.com", [story.list], "Stranger");
    await story.configure();
  });
  afterEach(async () => {
    resetClock();
    await story.stop();
  });

  /** What carries members to the vendor, and what asks for the job behind it. */
  const ADD = { brevo: "/contacts/import", sendgrid: "/v3/marketing/contacts" }[type];
  const METHOD = { brevo: "POST", sendgrid: "PUT" }[type];
  const STATUS = { brevo: "/processes*", sendgrid: "/v3/marketing/contacts/imports/*" }[type];
  const REMOVE = { brevo: "/contacts/lists/*/contacts/remove", sendgrid: "/v3/marketing/lists/*/contacts" }[
    type
  ];

  const people = (first: number, last: number, first_name = "Ann"): Row[] =>
    numbered(first, last, { first_name });

  async function mustBe(rows: readonly Row[]): Promise<void> {
    await story.sandbox.settle();
    const members = await story.remote.members(story.list);
    expect([...members.keys()].sort()).toEqual(
      ["stranger@example.com", ...rows.map(({ email }) => String(email))].sort(),
    );
    expect(members.get("stranger@example.com")).toMatchObject({ [story.remote.firstName]: "Stranger" });
    for (const { email, first_name } of rows)
      expect(members.get(String(email))).toMatchObject({ [story.remote.firstName]: first_name });
    await story.mustBeSettled();
  }

  /** Starts the built command and kills it outright once `reached` says so. */
  async function killedApply(reached: () => boolean): Promise<void> {
    const child = spawn(process.execPath, [main, "apply", "--auto-approve", "-C", story.folder], {
      stdio: "ignore",
    });
    const ended = once(child, "exit");
    while (!reached()) {
      if (child.exitCode !== null) throw new Error(`the command ended by itself: ${child.exitCode}`);
      await new Promise((resolve) => setTimeout(resolve, 5));
    }
    child.kill("SIGKILL");
    await ended;
    expect((child satisfies ChildProcess).signalCode).toBe("SIGKILL");
  }

  const seen = (method: string, path: string): number =>
    story.exchanges.filter(
      (exchange) =>
        exchange.method === method &&
        new RegExp(`^${path.replaceAll("*", ".*")}$`).test(decodeURIComponent(exchange.path)),
    ).length;

  describe("killed outright, the next apply finishes", () => {
    atBrevo("before the first write", async () => {
      await story.profiles(people(1, 20));
      const read = type === "brevo" ? `/contacts/lists/${story.list}` : `/v3/marketing/lists/${story.list}`;
      const disarm = story.sandbox.inject({
        method: "GET",
        path: read,
        effect: { kind: "slow", ms: 60_000 },
      });
      await killedApply(() => seen("GET", read) > 0);
      disarm();
      expect(seen(METHOD, ADD)).toBe(0);
      expect((await story.remote.members(story.list)).size).toBe(1);
      expect(await story.applyOf("weekly")).toMatchObject({ status: "succeeded", added: 20 });
      await mustBe(people(1, 20));
    });

    atBrevo("after the request was carried out and before the reply", async () => {
      await story.profiles(people(1, 20));
      const disarm = story.sandbox.inject({
        method: METHOD,
        path: ADD,
        effect: { kind: "slow", ms: 60_000 },
      });
      await killedApply(() => seen(METHOD, ADD) > 0);
      disarm();
      await story.sandbox.settle();
      await story.apply();
      await mustBe(people(1, 20));
      expect(seen(METHOD, ADD)).toBe(1);
    });

    atBrevo("while it waits for a job", async () => {
      await story.profiles(people(1, 20));
      const disarm = story.sandbox.inject({
        method: "GET",
        path: STATUS,
        effect: { kind: "slow", ms: 60_000 },
      });
      await killedApply(() => seen("GET", STATUS) > 0);
      disarm();
      await story.apply();
      await mustBe(people(1, 20));
      expect(seen(METHOD, ADD)).toBe(1);
    });

    atSendgrid("while it removes", async () => {
      await story.profiles(people(1, 20));
      await story.apply();
      await story.profiles(people(11, 25));
      const method = { brevo: "POST", sendgrid: "DELETE" }[type];
      const disarm = story.sandbox.inject({ method, path: REMOVE, effect: { kind: "slow", ms: 60_000 } });
      await killedApply(() => seen(method, REMOVE) > 0);
      disarm();
      await story.apply();
      // SendGrid may show a removal late, so that "not there" counts only after a while.
      letTimePass(300);
      await story.apply();
      await mustBe(people(11, 25));
    });

    atBrevo("and the data has changed since", async () => {
      await story.profiles(people(1, 20));
      const disarm = story.sandbox.inject({
        method: METHOD,
        path: ADD,
        effect: { kind: "slow", ms: 60_000 },
      });
      await killedApply(() => seen(METHOD, ADD) > 0);
      disarm();
      await story.sandbox.settle();
      await story.profiles(people(5, 22, "Zoë"));
      await story.apply();
      // Who was added by the killed run is ours, and leaves.
      await mustBe(people(5, 22, "Zoë"));
    });
  });

  // The kills of test/faults fall between any two steps, and so after any request; these are all of them in turn.
  if (FULL)
    it("killed after any request, the next apply finishes", { timeout: 300_000 }, async () => {
      const before = people(1, 20);
      const after = [...people(6, 12), ...people(13, 25, "Zoë")];
      for (let moment = 1; ; moment++) {
        await story.profiles(before);
        await story.apply();
        await mustBe(before);
        await story.profiles(after);
        const start = story.exchanges.length;
        const killed = await killedApply(() => story.exchanges.length >= start + moment).then(
          () => true,
          () => false,
        );
        if (!killed) break;
        await story.sandbox.settle();
        await story.apply();
        // SendGrid may show a removal late, so that "not there" counts only after a while.
        letTimePass(300);
        await story.apply();
        await mustBe(after);
      }
    });

  describe("what the vendor says is lost or wrong", () => {
    const faults: Record<string, Fault | readonly Fault[]> = {
      "a reply that never came, after the request was carried out": {
        method: METHOD,
        path: ADD,
        nth: 1,
        effect: { kind: "drop", carriedOut: true },
      },
      "a connection that broke before the request was carried out": {
        method: METHOD,
        path: ADD,
        nth: 1,
        effect: { kind: "drop" },
      },
      "a 524 page, after the request was carried out": {
        method: METHOD,
        path: ADD,
        nth: 1,
        effect: { kind: "answer", status: 524, body: HTML, carriedOut: true },
      },
      "a 524 page for a request that did nothing": {
        method: METHOD,
        path: ADD,
        nth: 1,
        effect: { kind: "answer", status: 524, body: HTML },
      },
      "a job that vanished": [
        ...(type === "sendgrid"
          ? []
          : [{ method: "GET", path: "/processes", effect: json(200, OTHER_JOBS) }]),
        { method: "GET", path: STATUS, effect: json(404, NO_JOB[type]) },
      ],
    };
    it("a report that cannot be fetched: nobody is taken as refused, and the list ends right", async () => {
      await story.profiles(people(1, 20));
      const url = `${story.sandbox.url}/files/not-there/report.csv`;
      const process = {
        id: 1,
        name: "IMPORTUSER",
        status: "completed",
        info: { import: { invalid_emails: url } },
      };
      const results = { requested_count: 20, created_count: 19, errored_count: 1, errors_url: url };
      const body = {
        brevo: { count: 1, processes: [process] },
        sendgrid: { id: "job", job_type: "upsert", status: "errored", results },
      }[type];
      const path = { brevo: "/processes", sendgrid: STATUS }[type];
      const disarm = story.sandbox.inject({ method: "GET", path, effect: json(200, body) });
      const first = await story.applyOf("weekly");
      expect(first).toMatchObject({ rejected: 0 });
      expect(seen("GET", path)).toBeGreaterThan(0);
      disarm();
      await story.apply();
      await mustBe(people(1, 20));
      expect(seen(METHOD, ADD)).toBe(1);
    });

    /** The full run has each of them at both vendors. */
    const told = {
      brevo: /never came|524 page, after|vanished/,
      sendgrid: /never came|did nothing|before the request|vanished/,
    }[type];
    it.each(Object.keys(faults).filter((name) => FULL || told.test(name)))(
      "%s: the list ends right",
      async (name) => {
        await story.profiles(people(1, 20));
        const fault = faults[name];
        if (fault === undefined) throw new TypeError(name);
        const disarm = [fault].flat().map((one) => story.sandbox.inject(one));
        const first = await story.applyOf("weekly");
        expect(first.rejected).toBe(0);
        for (const one of disarm) one();
        await story.apply();
        await mustBe(people(1, 20));
      },
    );
  });
});
