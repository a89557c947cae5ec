import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { LocalBackend } from "../../src/backends/local/local-backend.js";
import { openState } from "../../src/state/store.js";
import type { Exchange } from "../../src/sandbox/index.js";
import { clockAt } from "../support/clock.js";
import { FULL } from "../support/full.js";
import { openProject, type Project, type Row } from "../support/project.js";
import { remoteOf, type Remote } from "../support/remote.js";
import { rollcall, start, type Ended, type Started } from "../support/rollcall.js";

const TWO_HOURS = 2 * 3600;
const REQUEST_TIMEOUT = 2;
const signal = new AbortController().signal;

/** The clock of a process that is this much ahead of all others. */
const ahead = (seconds: number): Record<string, string> =>
  clockAt(new Date(Date.now() + seconds * 1000).toISOString());

interface Stage {
  readonly project: Project;
  readonly remote: Remote;
  readonly list: string;
  run(seconds: number, ...words: string[]): Started;
  /** Called with each request that a destination gets. */
  onExchange: (exchange: Exchange) => void;
}

async function stage(
  type: "brevo" | "sendgrid",
  onTestFinished: (work: () => Promise<void>) => void,
): Promise<Stage> {
  const made: { onExchange: Stage["onExchange"] } = { onExchange: () => undefined };
  const project = await openProject({ sandbox: { onExchange: (exchange) => made.onExchange(exchange) } });
  onTestFinished(() => project.stop());
  const remote = remoteOf(project, type);
  const list = await remote.addList("customers");
  const connections = project.connections({ requestTimeout: `${REQUEST_TIMEOUT}s` });
  await project.config({
    connections: { [type]: connections[type] },
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
  });
  await people(project, "ann", "bob");
  const run = (seconds: number, ...words: string[]): Started =>
    start(words, { cwd: project.folder, env: seconds === 0 ? {} : ahead(seconds) });
  return Object.assign(made, { project, remote, list, run });
}

function people(project: Project, ...names: string[]): Promise<void> {
  return project.profiles(names.map((name): Row => ({ email: `${name}@example.com`, first_name: name })));
}

function isWrite({ method, path }: Exchange): boolean {
  return /\/contacts\/import$|\/lists\/[^/]+\/contacts$/.test(path)
    ? method !== "GET"
    : method === "PUT" && /\/contacts(\/|$)/.test(path);
}

const APPLY = ["apply", "--auto-approve", "--json"];
const waited = ({ events }: Ended): number =>
  events.reduce((sum, one) => sum + (one.type === "waiting" ? Number(one["seconds"]) : 0), 0);
const said = (ended: Ended): string => ended.stdout + ended.stderr;
const names = async ({ remote, list }: Stage): Promise<string[]> =>
  [...(await remote.members(list)).keys()].sort();

/** Everything of the state as it is with this root. */
async function changeRoot(
  { project }: Stage,
  change: Parameters<Awaited<ReturnType<typeof openState>>["update"]>[0],
) {
  await (await openState(new LocalBackend(join(project.folder, ".rollcall")), signal)).update(change, signal);
}

const both = FULL ? [TWO_HOURS, -TWO_HOURS] : [TWO_HOURS];

describe.each(FULL ? (["brevo", "sendgrid"] as const) : (["sendgrid"] as const))(
  "%s: a machine whose clock is wrong",
  (type) => {
    it.concurrent.for(both)(
      "by %i s loses no opt-out, and blocks its account no longer than a request may take when it dies",
      { timeout: 180_000 },
      async (seconds, { onTestFinished }) => {
        const set = await stage(type, onTestFinished);
        const first = await set.run(seconds, ...APPLY).ended;
        expect(first.code, said(first)).toBe(0);
        await set.remote.addStranger("carl@example.com", []);
        await set.remote.optOut("carl@example.com");
        await people(set.project, "ann", "carl", "dora");
        const dying = set.run(seconds, ...APPLY);
        set.onExchange = (exchange) => void (isWrite(exchange) && dying.child.kill("SIGKILL"));
        await dying.ended;
        set.onExchange = () => undefined;
        const next = await rollcall(APPLY, { cwd: set.project.folder });
        expect(next.code, said(next)).toBe(0);
        // Once for the run that died, and once for its request without an answer.
        expect(waited(next)).toBeLessThanOrEqual(2 * REQUEST_TIMEOUT);
        expect(await names(set)).toEqual(["ann@example.com", "dora@example.com"]);
      },
    );
  },
);

it("a recorded time in the future is not believed: all opt-outs are read again, and claims count as today's", async ({
  onTestFinished,
}) => {
  const set = await stage("brevo", onTestFinished);
  await set.run(TWO_HOURS, ...APPLY).ended;
  await set.remote.addStranger("carl@example.com", []);
  await set.remote.optOut("carl@example.com");
  await changeRoot(set, (root) => {
    for (const { optOuts } of Object.values(root.accounts))
      if (optOuts !== undefined) optOuts.watermark = new Date(Date.now() + TWO_HOURS * 1000).toISOString();
  });
  await people(set.project, "ann", "bob", "carl", "dora");
  const next = await rollcall(APPLY, { cwd: set.project.folder });
  expect(next.code, said(next)).toBe(0);
  expect(await names(set)).toEqual(["ann", "bob", "dora"].map((name) => `${name}@example.com`));
  expect(next.stdout).toContain("All of them are read again");
  expect(next.stdout).toContain("They count as today's");
  const after = await rollcall(APPLY, { cwd: set.project.folder });
  expect(after.code, said(after)).toBe(0);
  expect(after.stdout).not.toMatch(/read again|count as today's/);
});

it.each(FULL ? [TWO_HOURS, -TWO_HOURS] : [-TWO_HOURS])(
  "nobody takes a lock over because clocks differ by %i s while its holder lives",
  { timeout: 180_000 },
  async (seconds) => {
    const done: (() => Promise<void>)[] = [];
    const set = await stage("brevo", (work) => done.push(work));
    const clocks = seconds > 0 ? { holder: 0, other: seconds } : { holder: seconds, other: 0 };
    const holder = set.run(clocks.holder, ...APPLY);
    try {
      await new Promise<void>((resolve) => {
        set.onExchange = (exchange) => void (isWrite(exchange) && holder.child.kill("SIGSTOP") && resolve());
      });
      const other = await set.run(clocks.other, ...APPLY).ended;
      expect(other.code, said(other)).toBe(7);
      holder.child.kill("SIGCONT");
      const ended = await holder.ended;
      expect(ended.code, said(ended)).toBe(0);
    } finally {
      holder.child.kill("SIGKILL");
      for (const work of done) await work();
    }
  },
);
