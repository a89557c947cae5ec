import { rm } from "node:fs/promises";
import { join } from "node:path";
import { afterEach, expect, it } from "vitest";
import { LocalBackend } from "../../src/backends/local/local-backend.js";
import { openState } from "../../src/state/store.js";
import { letTimePass, resetClock } from "../support/clock.js";
import { openProject, type Project, type Yaml } from "../support/project.js";
import { remoteOf, type Remote } from "../support/remote.js";

let project: Project;
afterEach(async () => {
  resetClock();
  await project.stop();
});

const people = ["ann", "bob"].map((name) => ({ email: `${name}@example.com`, first_name: name }));

async function takenOffByHand(): Promise<{ remote: Remote; list: string }> {
  project = await openProject();
  const remote = remoteOf(project, "brevo");
  const list = await remote.addList("customers");
  await configure({ weekly: exportTo(list) });
  await project.profiles(people);
  await project.apply();
  letTimePass(120);
  await remote.takeOff("ann@example.com", list);
  await project.drift({ record: true });
  return { remote, list };
}

const exportTo = (list: string, more: Yaml = {}): Yaml => ({
  connection: "brevo",
  list,
  segments: ["all"],
  match: { email: "email" },
  ...more,
});

const configure = (exports: Yaml, more: Yaml = {}): Promise<void> =>
  project.config({ segments: { all: { source: "crm" } }, exports, ...more });

it("a person whom somebody took off the list stays off, also under an export of a new name", async () => {
  const { list } = await takenOffByHand();
  const removed = [{ export: "weekly", members: "keep" }];
  await configure({ renamed: exportTo(list) }, { removed });
  const held = (await project.planOf("renamed")).counts;
  expect(held).toMatchObject({ add: 0, unchanged: 1, heldBack: { "gone at destination": 1 } });
  await project.apply();
  await configure({ renamed: exportTo(list, { drift: { removed: "restore" } }) }, { removed });
  expect((await project.planOf("renamed")).counts).toMatchObject({ add: 1, heldBack: {} });
});

it("a renamed export keeps what was seen on its list", async () => {
  const { list } = await takenOffByHand();
  const moved = [{ from: "weekly", to: "newsletter" }];
  await configure({ newsletter: exportTo(list) }, { moved });
  await project.apply();
  expect((await project.planOf("newsletter")).counts).toMatchObject({
    add: 0,
    heldBack: { "gone at destination": 1 },
  });
  const state = await openState(
    new LocalBackend(join(project.folder, ".rollcall")),
    new AbortController().signal,
  );
  const seen = Object.values(state.root.accounts).map(({ observations }) => observations);
  expect(seen).toMatchObject([{ newsletter: { operation: "drift", people: 1 } }]);
  expect(Object.keys(seen[0] ?? {})).toEqual(["newsletter"]);
});

it("an export does not move to another list while that would bring somebody back", async () => {
  const { remote, list } = await takenOffByHand();
  const other = await remote.addList("clients");
  for (const oldMembers of ["keep", "remove"]) {
    const moved = [{ export: "weekly", fromList: list, toList: other, oldMembers }];
    const config = (more: Yaml, top: Yaml = {}): Promise<void> =>
      project.config({
        segments: { all: { source: "crm" }, left: { source: "crm", where: "first_name = 'ann'" } },
        exports: { weekly: exportTo(other, more) },
        moved,
        ...top,
      });
    await config({});
    const run = await project.planAndApply("weekly");
    expect(run.planned.error).toMatchObject({ kind: "refused" });
    expect(run.result).toMatchObject({ status: "failed", requests: 0 });
    await config({ drift: { removed: "restore" } });
    expect((await project.planOf("weekly")).counts).toMatchObject({ add: 2 });
    await config({}, { suppressions: ["left"] });
    expect((await project.planOf("weekly")).counts).toMatchObject({ add: 1, heldBack: { suppressed: 1 } });
  }
});

it("a run does not begin with an empty state when only the root document is lost", async () => {
  await takenOffByHand();
  await rm(join(project.folder, ".rollcall/root"), { recursive: true });
  for (const work of [() => project.plan(), () => project.apply()])
    await expect(work()).rejects.toMatchObject({
      kind: "invalid",
      message: expect.stringMatching(/root document of the state in .* is gone/) as string,
    });
  await rm(join(project.folder, ".rollcall"), { recursive: true });
  expect((await project.planOf("weekly")).counts).toMatchObject({ add: 1, unchanged: 1 });
});
