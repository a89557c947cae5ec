import { join } from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import { describe, expect, it, test } from "vitest";
import { LocalBackend } from "../../src/backends/local/local-backend.js";
import type { Exchange, Fault } from "../../src/sandbox/index.js";
import { FULL } from "../support/full.js";
import { openProject, type Project, type Row } from "../support/project.js";
import { remoteOf, type Remote } from "../support/remote.js";
import { rollcall, start, type Ended, type Started } from "../support/rollcall.js";

/** Seconds; what a user may set as well. */
const LOCK_TTL = 3;
const REQUEST_TIMEOUT = 2;

interface Seen extends Exchange {
  /** Which of the two processes sent it. */
  readonly by: "first" | "second";
  readonly at: number;
}

/** Two processes, one account: told apart by the host name in their base URL. */
interface Stage {
  readonly project: Project;
  readonly remote: Remote;
  readonly list: string;
  readonly log: Seen[];
  run(which: Seen["by"], ...words: string[]): Started;
}

type Type = "brevo" | "sendgrid";

async function stage(
  type: Type,
  onTestFinished: (work: () => Promise<void>) => void,
  jobMs = 200,
): Promise<Stage> {
  const log: Seen[] = [];
  const started: Started[] = [];
  const project = await openProject({
    sandbox: {
      delays: { jobMs, visibleMs: 0 },
      onExchange: (exchange) => {
        const by = exchange.requestHeaders["host"]?.startsWith("localhost") === true ? "second" : "first";
        log.push({ ...exchange, by, at: Date.now() });
      },
    },
  });
  const remote = remoteOf(project, type);
  const list = await remote.addList("customers");
  await remote.addStranger("stranger@example.com", [list], "Stranger");
  const config = {
    state: { lockTtl: `${LOCK_TTL}s` },
    segments: { all: { source: "crm" } },
    exports: {
      weekly: {
        connection: type,
        list,
        segments: ["all"],
        match: { email: "email" },
        attributes: { firstName: "first_name" },
        safeguards: { maxRemovals: { share: "100%" } },
      },
    },
  };
  const connections = project.connections({ requestTimeout: `${REQUEST_TIMEOUT}s` });
  await project.config({ ...config, connections });
  const first = await project.read("exports.config.yaml");
  await project.write("second.yaml", first.replaceAll("//127.0.0.1", "//localhost"));
  await project.profiles(people(1, 20));
  const made: Stage = {
    project,
    remote,
    list,
    log,
    run: (which, ...words) => {
      const all = which === "second" ? [...words, "--config", "second.yaml"] : words;
      const one = start(all, { cwd: project.folder });
      started.push(one);
      return one;
    },
  };
  onTestFinished(async () => {
    for (const { child } of started) child.kill("SIGKILL");
    await project.stop();
  });
  return made;
}

function people(first: number, last: number): Row[] {
  return Array.from({ length: last - first + 1 }, (_, index) => ({
    email: `p${first + index}@example.com`,
    first_name: "Ann",
  }));
}

function isWrite({ method, path }: Exchange): boolean {
  return /\/contacts\/import$|\/contacts\/remove$|\/lists\/[^/]+\/contacts$/.test(path)
    ? method !== "GET"
    : method === "PUT" && /\/contacts(\/|$)/.test(path);
}

async function until(reached: () => boolean, what: string): Promise<void> {
  const deadline = Date.now() + 90_000;
  while (!reached()) {
    if (Date.now() > deadline) throw new Error(`it never came to this: ${what}`);
    await delay(2);
  }
}

/** The second process tries until the lock can be had. */
async function takeOver({ run }: Stage): Promise<Ended & { refusals: number }> {
  for (let refusals = 0; ; refusals++) {
    const ended = await run("second", "apply", "--auto-approve", "--json").ended;
    if (ended.code !== 7) return { ...ended, refusals };
    await delay(700);
  }
}

async function mustBeRight({ project, remote, list }: Stage, rows: readonly Row[]): Promise<void> {
  await project.sandbox.settle();
  const members = await remote.members(list);
  expect([...members.keys()].sort()).toEqual(
    ["stranger@example.com", ...rows.map(({ email }) => String(email))].sort(),
  );
  const next = await rollcall(["plan", "--detailed-exitcode"], { cwd: project.folder });
  expect(next.code, next.stdout + next.stderr).toBe(0);
}

/** Waits until somebody else has the lock that a process held. */
async function taken({ project }: Stage, { child }: Started): Promise<void> {
  const backend = new LocalBackend(join(project.folder, ".rollcall"));
  for (;;) {
    const [lease] = await backend.leases(new AbortController().signal);
    if (lease !== undefined && lease.pid !== child.pid) return;
    await delay(20);
  }
}

/** What the log has to say: once the second has written, the first does not; before that, one request at most after its time was up. */
function mustNotOverlap({ log }: Stage, stoppedAt: number): void {
  const writes = log.filter(isWrite);
  const second = writes.filter(({ by }) => by === "second").at(0);
  const late = writes.filter(({ by, at }) => by === "first" && at > stoppedAt + LOCK_TTL * 1000);
  expect(late.filter(({ at }) => second !== undefined && at > second.at)).toEqual([]);
  expect(late.length).toBeLessThanOrEqual(1);
}

/** Where the first process is stopped. */
interface Moment {
  readonly fault?: Fault;
  readonly reached: (stage: Stage) => boolean;
}

const WRITE = {
  brevo: { method: "POST", path: "/contacts/import" },
  sendgrid: { method: "PUT", path: "/v3/marketing/contacts" },
};
const STATUS = { brevo: "/processes", sendgrid: "/v3/marketing/contacts/imports/*" };
const LOOKUP = {
  brevo: { method: "GET", path: "/contacts/p*" },
  sendgrid: { method: "GET", path: "/v3/marketing/contacts/imports/*" },
};

function moments(type: Type): Readonly<Record<string, Moment>> {
  const slow = { kind: "slow", ms: 1500 } as const;
  const wrote = ({ log }: Stage): boolean => log.some((one) => one.by === "first" && isWrite(one));
  const asked = (of: string) => {
    const pattern = new RegExp(`^${of.replaceAll("*", ".*")}$`);
    return ({ log }: Stage): boolean =>
      log.some((one) => one.by === "first" && pattern.test(decodeURIComponent(one.path)));
  };
  const lists = { brevo: "/contacts/lists/*", sendgrid: "/v3/marketing/lists/*" }[type];
  return {
    "before a request": {
      fault: { method: "GET", path: lists, nth: 1, effect: slow },
      reached: asked(lists),
    },
    "between intent and request": {
      // The first try does nothing and is to be repeated after a second: the intent stands, the request is yet to come.
      fault: {
        ...WRITE[type],
        nth: 1,
        effect: {
          kind: "answer",
          status: 429,
          headers: { "x-sib-ratelimit-reset": "1", "x-ratelimit-reset": "1" },
        },
      },
      reached: wrote,
    },
    "in the middle of a request": { fault: { ...WRITE[type], nth: 1, effect: slow }, reached: wrote },
    "while it waits for a job": {
      fault: { method: "GET", path: STATUS[type], nth: 1, effect: slow },
      reached: asked(STATUS[type]),
    },
    "before the last write of the root": {
      fault: { ...LOOKUP[type], effect: { kind: "slow", ms: 300 } },
      reached: asked(LOOKUP[type].path),
    },
  };
}

const types: readonly Type[] = FULL ? ["brevo", "sendgrid"] : ["brevo"];
const resumptions = FULL ? (["while the second waits", "after the second has ended"] as const) : undefined;

describe.each(types)("%s: the first of two applies is stopped", (type) => {
  const cases = Object.entries(moments(type)).flatMap(([name, moment], index) => {
    const both = ["while the second waits", "after the second has ended"] as const;
    return (resumptions ?? [both[index % 2] ?? both[0]]).map((when) => ({ name, moment, when }));
  });

  it.concurrent.for(cases)(
    "$name, and goes on $when",
    { timeout: 180_000 },
    async ({ moment: { fault, reached }, when }, { onTestFinished }) => {
      const set = await stage(type, onTestFinished);
      const heal = fault === undefined ? undefined : set.project.sandbox.inject(fault);
      const first = set.run("first", "apply", "--auto-approve", "--json");
      await until(() => reached(set), "the moment to stop");
      first.child.kill("SIGSTOP");
      const stoppedAt = Date.now();
      heal?.();
      const taking = takeOver(set);
      if (when === "while the second waits") {
        await taken(set, first);
        first.child.kill("SIGCONT");
      }
      const second = await taking;
      first.child.kill("SIGCONT");
      const ended = await first.ended;
      expect(second.code, second.stdout + second.stderr).toBe(0);
      expect(ended.code, ended.stdout + ended.stderr).not.toBe(0);
      mustNotOverlap(set, stoppedAt);
      await mustBeRight(set, people(1, 20));
      expect((await set.run("first", "lock", "list").ended).stdout).toBe("No locks.\n");
    },
  );
});

test(
  "a lock names account, connection and holder, and is released by its id while the holder lives",
  { timeout: 180_000 },
  async ({ onTestFinished }) => {
    const set = await stage("brevo", onTestFinished, 120_000);
    const { project, log } = set;
    const first = set.run("first", "apply", "--auto-approve", "--json");
    await until(() => log.some(isWrite), "a write");

    const refused = await set.run("second", "apply", "--auto-approve").ended;
    expect(refused.code).toBe(7);
    const words = refused.stderr.replaceAll(/\s+/g, " ");
    expect(words).toContain("account brevo:sandbox-brevo");
    expect(words).toContain("(connection brevo)");

    const listed = await set.run("second", "lock", "list", "--json").ended;
    expect(listed.code).toBe(0);
    const { data } = listed.events.find(({ type }) => type === "result") as unknown as {
      data: { locks: { id: string; state: string; pid: number; subject: unknown }[] };
    };
    expect(data.locks).toHaveLength(1);
    expect(data.locks[0]).toMatchObject({
      state: "live",
      operation: "apply",
      pid: first.child.pid,
      subject: { account: "brevo:sandbox-brevo", connections: ["brevo"] },
    });
    const id = data.locks[0]?.id ?? "";
    expect(words).toContain(`lock release ${id}`);

    const wrong = await set.run("second", "lock", "release", "not-an-id", "--auto-approve").ended;
    expect(wrong.code).toBe(3);
    const unasked = await set.run("second", "lock", "release", id).ended;
    expect(unasked.code).toBe(3);
    expect(unasked.stderr.replaceAll(/\s+/g, " ")).toContain(`lock release ${id} --auto-approve`);
    const released = await set.run("second", "lock", "release", id, "--auto-approve", "--json").ended;
    expect(released.code, released.stderr).toBe(0);
    const releasedAt = Date.now();
    expect((await set.run("second", "lock", "release", id, "--auto-approve").ended).code).toBe(3);

    const taking = takeOver(set);
    const ended = await first.ended;
    expect(ended.code, ended.stdout + ended.stderr).not.toBe(0);
    await delay(500);
    expect(log.filter(isWrite)).toHaveLength(1);
    await project.sandbox.settle();
    const second = await taking;
    expect(second.code, second.stdout + second.stderr).toBe(0);
    expect(log.filter((one) => isWrite(one) && one.by === "first" && one.at > releasedAt)).toEqual([]);
    // The first one's import is the only one: the second waited for it and found everybody there.
    expect(log.filter(isWrite)).toHaveLength(1);
    await mustBeRight(set, people(1, 20));
  },
);
