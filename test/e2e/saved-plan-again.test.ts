import { rm } from "node:fs/promises";
import { join } from "node:path";
import { afterEach, beforeEach, expect, it } from "vitest";
import type { PlanFile } from "../../src/model/plan/plan-file.js";
import type { ExportResult } from "../../src/model/run/run.js";
import { plan, type PlanOptions } from "../../src/usecases/plan.js";
import { parsePlanFile } from "../../src/approvals/saved-plan/plan-file.js";
import { letTimePass, resetClock } from "../support/clock.js";
import { openProject, SENDGRID_KEY, type Project, type Yaml } from "../support/project.js";
import { remoteOf, type Remote } from "../support/remote.js";

let project: Project;
let brevo: Remote;
let sendgrid: Remote;
let list: string;
let other: string;

beforeEach(async () => {
  project = await openProject();
  brevo = remoteOf(project, "brevo");
  sendgrid = remoteOf(project, "sendgrid");
  list = await brevo.addList("customers");
  other = await sendgrid.addList("others");
  await configure();
});
afterEach(async () => {
  resetClock();
  await project.stop();
});

const mirror = (connection: string, to: string, segment = "all"): Yaml => ({
  connection,
  list: to,
  segments: [segment],
  match: { email: "email" },
  safeguards: { maxRemovals: { share: "100%" } },
});
const configure = (more: Yaml = {}, connections: Yaml = {}): Promise<void> =>
  project.config({
    connections: { ...project.connections(), ...connections },
    segments: { all: { source: "crm" }, vips: { source: "crm", where: "vip" } },
    exports: { weekly: mirror("brevo", list), elsewhere: mirror("sendgrid", other), ...more },
  });
const people = (...who: string[]): Promise<void> =>
  project.profiles(who.map((one) => ({ email: `${one}@example.com`, vip: one.startsWith("v") })));
const save = async (options: Partial<PlanOptions> = {}): Promise<PlanFile> => {
  const { file } = await plan({
    cwd: project.folder,
    save: { base: undefined },
    emit: () => undefined,
    signal: new AbortController().signal,
    ...options,
  });
  return parsePlanFile(JSON.stringify(file), "plan.json");
};
const applyPlan = async (saved: PlanFile): Promise<Map<string, ExportResult>> =>
  new Map((await project.apply({ saved })).exports.map((one) => [one.name, one]));
const names = async (remote: Remote, of: string): Promise<string[]> =>
  [...(await remote.members(of)).keys()].map((email) => email.split("@")[0] ?? "").sort();

it("a saved plan does not add a person again whom somebody took off since", async () => {
  await people("ann", "bob");
  const saved = await save();
  await project.write("sendgrid.key", "wrong");
  expect((await applyPlan(saved)).get("elsewhere")).toMatchObject({ status: "failed" });
  expect(await names(brevo, list)).toEqual(["ann", "bob"]);
  await brevo.takeOff("bob@example.com", list);
  letTimePass(600);
  await project.drift({ record: true });
  await project.write("sendgrid.key", SENDGRID_KEY);
  expect((await applyPlan(saved)).get("elsewhere")).toMatchObject({ status: "succeeded", added: 2 });
  expect(await names(brevo, list)).toEqual(["ann"]);
});

it("a saved plan does not take off a person whom another export has put on the same list since", async () => {
  await people("ann", "vic", "val");
  await project.apply();
  await people("ann");
  const saved = await save();
  await project.write("sendgrid.key", "wrong");
  await applyPlan(saved);
  await project.write("sendgrid.key", SENDGRID_KEY);
  await people("ann", "vic");
  await configure({ vips: { ...mirror("sendgrid", other, "vips"), mode: "upsert" } });
  await project.apply({ targets: ["vips"] });
  expect((await applyPlan(saved)).get("elsewhere")).toMatchObject({ status: "succeeded", removed: 1 });
  expect(await names(sendgrid, other)).toEqual(["ann", "vic"]);
});

it("a saved plan uses the id of a field that somebody has created since", async () => {
  const hobby = { HOBBY: { column: "vip", type: "text" } };
  await configure({ elsewhere: { ...mirror("sendgrid", other), attributes: hobby, createMissing: true } });
  await people("ann", "vic");
  const saved = await save();
  await project.write("sendgrid.key", "wrong");
  await applyPlan(saved);
  await project.write("sendgrid.key", SENDGRID_KEY);
  project.sandbox.sendgrid().addField("HOBBY", "Text");
  expect((await applyPlan(saved)).get("elsewhere")).toMatchObject({ status: "succeeded", added: 2 });
  expect((await sendgrid.members(other)).get("vic@example.com")).toMatchObject({ HOBBY: "true" });
});

it("a saved plan is used up although one of its exports is detached", async () => {
  const withdrawn = { agreed: false, by: "Anna", on: "2026-11-02" };
  const { sendgrid: own } = project.connections();
  await configure({}, { sendgrid: { ...own, dataPrivacy: withdrawn } });
  await people("ann", "bob");
  const saved = await save();
  expect((await applyPlan(saved)).get("elsewhere")).toMatchObject({ status: "detached" });
  await expect(project.apply({ saved })).rejects.toMatchObject({ kind: "stale" });
});

it("a saved plan takes people off under a withdrawn agreement when it was made for that alone", async () => {
  await people("ann", "bob");
  await project.apply();
  const withdrawn = { agreed: false, by: "Anna", on: "2026-11-02" };
  const { sendgrid: own } = project.connections();
  await configure({}, { sendgrid: { ...own, dataPrivacy: withdrawn } });
  await people("ann", "carl");
  const saved = await save({ removalsOnly: true });
  const done = await applyPlan(saved);
  expect(done.get("elsewhere")).toMatchObject({ status: "succeeded", removed: 1 });
  expect(await names(sendgrid, other)).toEqual(["ann"]);
});

it("a saved plan is refused with a hint when only its file was copied and not its state", async () => {
  await people("ann", "bob");
  const saved = await save();
  await rm(join(project.folder, ".rollcall"), { recursive: true });
  await expect(project.apply({ saved })).rejects.toMatchObject({
    kind: "stale",
    message: expect.stringContaining("only the plan file has come along") as string,
    hint: expect.stringContaining("the state that it was saved in") as string,
  });
  expect(await names(brevo, list)).toEqual([]);
});
