import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, it } from "vitest";
import { LocalBackend } from "../../../src/backends/local/local-backend.js";
import { loadConfig } from "../../../src/config/load.js";
import type { RunEvent } from "../../../src/model/run/event.js";
import type { NoticeState } from "../../../src/state/root/root.js";
import { openState } from "../../../src/state/store.js";
import { driftOutcome, failureOutcome, successOutcome, type Outcome } from "../../../src/notices/outcome.js";
import { notify } from "../../../src/notices/notify.js";
import type { HttpReceiver } from "../../support/receivers/http-receiver.js";
import { slackReceiver, slackText, type SlackMessage } from "../../support/receivers/slack-receiver.js";

const signal = new AbortController().signal;
let folder: string;
let receiver: HttpReceiver;
let events: RunEvent[];

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "rollcall-notices-"));
  receiver = slackReceiver("/services/x");
  await receiver.start();
  await writeFile(join(folder, "url"), `${receiver.url}/services/x`);
  events = [];
  await configure({});
});
afterEach(async () => {
  await receiver.stop();
  await rm(folder, { recursive: true });
});

const EXPORT = { connection: "c", list: "l", segments: ["all"], match: { email: "email" } };

function configure(
  more: object,
  exports: object = Object.fromEntries(["weekly", "a", "b", "c"].map((name) => [name, EXPORT])),
): Promise<void> {
  const config = {
    version: 1,
    connections: { c: { type: "file", path: "lists" } },
    sources: { s: { type: "files", path: "s.csv" } },
    segments: { all: { source: "s" } },
    exports,
    notifiers: { ops: { type: "slack", url: { file: "url" }, ...more } },
  };
  return writeFile(join(folder, "exports.config.yaml"), JSON.stringify(config));
}

/** One run, and the titles of the messages that came of it. */
async function run(
  outcomes: readonly Outcome[],
  command: "apply" | "drift" = "apply",
  unrecorded?: Map<string, NoticeState>,
): Promise<string[]> {
  const before = receiver.taken.length;
  const loaded = await loadConfig({ cwd: folder, signal });
  const emit = (event: RunEvent): void => void events.push(event);
  await notify(
    {
      cwd: folder,
      command,
      runId: "1",
      actor: "anna",
      project: { loaded, state: undefined },
      unrecorded,
      emit,
      signal,
    },
    outcomes,
  );
  return receiver.taken
    .slice(before)
    .map(({ body }) => (JSON.parse(body) as SlackMessage).text.split("\n")[0] ?? "");
}

const trouble = (kind: string, name = "weekly"): Outcome =>
  failureOutcome(name, { kind, message: "It did not work.", hint: undefined });

it("a fault that may pass by itself is reported when it happens in two runs in a row, whatever its name", async () => {
  expect(await run([trouble("transient")])).toEqual([]);
  expect(await run([successOutcome("weekly", "fine")])).toEqual([]);
  expect(await run([trouble("transient")])).toEqual([]);
  expect(await run([trouble("rate-limit")])).toEqual(["Rollcall: weekly failed"]);
  expect(await run([trouble("unknown-outcome")])).toEqual([]);
  expect(await run([successOutcome("weekly", "fine")])).toEqual(["Rollcall: weekly is well again"]);
});

it("another reason is reported again, and other numbers are not", async () => {
  const refused = (checks: string[], removed: number): Outcome =>
    failureOutcome(
      "weekly",
      { kind: "refused", message: `${removed}`, hint: undefined },
      { checks, counts: { removed } },
    );
  expect(await run([trouble("auth")])).toHaveLength(1);
  expect(await run([trouble("permanent")])).toHaveLength(1);
  expect(await run([refused(["max-removals"], 9)])).toHaveLength(1);
  expect(await run([refused(["max-removals"], 10)])).toHaveLength(0);
  expect(await run([refused(["max-removals", "max-adds"], 10)])).toHaveLength(1);
  expect(await run([refused(["max-adds", "max-removals"], 10)])).toHaveLength(0);
});

it("all changes of a run are in one message", async () => {
  const many = [trouble("auth", "a"), trouble("auth", "b"), successOutcome("c", "fine")];
  expect(await run(many)).toEqual(["Rollcall: 2 changes: 2 failed"]);
  expect(await run([successOutcome("a", "fine"), trouble("auth", "b"), trouble("auth", "c")])).toEqual([
    "Rollcall: 2 changes: 1 failed, 1 well again",
  ]);
});

it("findings of drift and results of an apply are reported separately", async () => {
  const strangers = driftOutcome("weekly", {
    kinds: ["strangers"],
    message: "x",
    hint: undefined,
    counts: {},
  });
  expect(await run([strangers], "drift")).toEqual(["Rollcall: weekly was changed by others"]);
  expect(await run([successOutcome("weekly", "fine")], "apply")).toEqual([]);
  expect(await run([strangers], "drift")).toEqual([]);
  expect(await run([successOutcome("weekly", "fine")], "drift")).toEqual(["Rollcall: weekly is well again"]);
});

it("a notifier gets messages about the run as a whole, and not about exports that it does not watch", async () => {
  await configure({ exports: ["a"] });
  const whole = failureOutcome(undefined, { kind: "permanent", message: "x", hint: undefined });
  expect(await run([trouble("auth", "b")])).toEqual([]);
  expect(await run([trouble("auth", "a"), whole])).toEqual(["Rollcall: 2 changes: 2 failed"]);
});

it("a message that is refused for now is sent again within the same run", async () => {
  receiver.next.push({ status: 503 });
  expect(await run([trouble("auth")])).toHaveLength(1);
  expect(receiver.arrived).toHaveLength(2);
  expect(events.map(({ type }) => type)).toEqual(["stage"]);
});

it("addresses are masked and lines are joined, whatever a message was made of", async () => {
  const said = "canary.one@secret.example\nand <canary+two@secret.example> \u001B[31m";
  await run([failureOutcome("weekly", { kind: "auth", message: said, hint: said })]);
  const text = slackText(JSON.parse(receiver.taken[0]?.body ?? "") as SlackMessage);
  expect(text).toContain("c•••@secret.example and <c•••@secret.example>");
  expect(text).not.toMatch(/canary|\p{Cc}(?<!\n)/u);
});

it("a notifier whose secret is missing is reported as a warning, and the others get their messages", async () => {
  const slack = { type: "slack", url: { file: "url" } };
  const config = {
    version: 1,
    notifiers: { none: { ...slack, url: { env: "ROLLCALL_NO_SUCH" } }, ops: slack },
  };
  await writeFile(join(folder, "exports.config.yaml"), JSON.stringify(config));
  expect(await run([trouble("auth")])).toHaveLength(1);
  expect(events).toContainEqual({
    type: "warning",
    export: undefined,
    message: expect.stringContaining("ROLLCALL_NO_SUCH is not set") as string,
  });
});

it("a process that goes on reports once that the state cannot be reached, and once that it can be again", async () => {
  const unrecorded = new Map<string, NoticeState>();
  const unreachable = failureOutcome(undefined, { kind: "transient", message: "No state.", hint: undefined });
  const damaged = join(folder, ".rollcall", "root", "000000000001.json");
  await mkdir(join(folder, ".rollcall", "root"), { recursive: true });
  await writeFile(damaged, "{");
  expect(await run([unreachable], "apply", unrecorded)).toEqual([]);
  expect(await run([unreachable], "apply", unrecorded)).toEqual(["Rollcall: apply failed"]);
  expect(await run([unreachable], "apply", unrecorded)).toEqual([]);
  await rm(damaged);
  expect(await run([successOutcome(undefined, "fine")], "apply", unrecorded)).toEqual([
    "Rollcall: apply is well again",
  ]);
  expect(await run([successOutcome(undefined, "fine")], "apply", unrecorded)).toEqual([]);
  expect(unrecorded.size).toBe(0);
});

it("the memory of an export that is gone is dropped, but not while the config is invalid", async () => {
  const remembered = async (): Promise<string[]> => {
    const { root } = await openState(new LocalBackend(join(folder, ".rollcall")), signal);
    return Object.keys(root.notices ?? {});
  };
  await run([trouble("auth", "a")]);
  expect(await remembered()).toEqual(["apply:a"]);
  await configure({}, { a: {} });
  await run([failureOutcome(undefined, { kind: "invalid", message: "x", hint: undefined })]);
  expect(await remembered()).toEqual(["apply:a", "apply"]);
  await configure({}, { b: EXPORT });
  await run([successOutcome(undefined, "fine")]);
  expect(await remembered()).toEqual(["apply"]);
});
