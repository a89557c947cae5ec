import { afterEach, beforeEach, expect, it } from "vitest";
import { openProject, type Project, type Row, type Yaml } from "../support/project.js";
import { remoteOf, type Remote } from "../support/remote.js";
import { rollcall, type Ended } from "../support/rollcall.js";

let project: Project;
let remote: Remote;
let list: string;

beforeEach(async () => {
  project = await openProject();
  remote = remoteOf(project, "brevo");
  list = await remote.addList("customers");
  await remoteOf(project, "file").addList("shared");
  await project.profiles(["ann", "bob"].map((name) => person(name)));
  await configure();
});
afterEach(() => project.stop());

const person = (name: string, consent = true): Row => ({ email: `${name}@example.com`, consent });
const configure = (more: Yaml = {}): Promise<void> =>
  project.config({
    roles: { admins: ["github:anna"], contributors: ["github:ben"] },
    connections: { ...project.connections(), file: { type: "file", path: "lists", usableBy: "contributors", dataPrivacy: { agreed: true, by: "Anna", on: "2026-11-01" } } }, // prettier-ignore
    segments: { all: { source: "crm" } },
    exports: {
      weekly: { connection: "brevo", list, segments: ["all"], match: { email: "email" }, consent: "consent" },
      shared: { connection: "file", list: "shared", segments: ["all"], match: { email: "email" } },
    },
    ...more,
  });
const as = (who: Readonly<Record<string, string>>, ...words: string[]): Promise<Ended> =>
  rollcall(words, {
    cwd: project.folder,
    env: { GITHUB_ACTIONS: "true", GITHUB_EVENT_NAME: "push", ...who },
  });
const ANNA = { GITHUB_ACTOR: "anna" };
const BEN = { GITHUB_ACTOR: "anna", GITHUB_TRIGGERING_ACTOR: "ben" };
const members = async (): Promise<number> => (await remote.members(list)).size;

it("a contributor may not use what only admins may, whatever they override", async () => {
  const planned = await as(BEN, "plan");
  expect(planned.code).toBe(0);
  expect(planned.stdout).toContain(
    `✗ access: Connection "brevo" is for admins, and github:ben is a contributor.`,
  );
  expect((await as(BEN, "plan", "--fail-on-unsafe")).code).toBe(5);
  const refused = await as(BEN, "apply", "--auto-approve");
  expect(refused.code).toBe(8);
  expect(refused.stdout).toMatch(/weekly +refused/);
  expect(refused.stdout).toMatch(/shared +succeeded/);
  expect(await members()).toBe(0);
  const override = await as(BEN, "apply", "--auto-approve", "--override", "weekly:access");
  expect(override.code).toBe(3);
  expect(override.stderr).toContain("cannot be overridden");

  expect((await as(BEN, "adopt", "weekly", "--auto-approve")).code).toBe(5);
  expect(await members()).toBe(0);
});

it("a contributor may carry out the withdrawals of what an admin applied or adopted, and nothing else", async () => {
  expect((await as(ANNA, "apply", "--auto-approve")).code).toBe(0);
  expect((await as(ANNA, "adopt", "weekly", "--auto-approve")).code).toBe(0);
  expect(await members()).toBe(2);
  await project.profiles([person("ann", false), person("bob"), person("carl")]);
  const withdrawn = await as(BEN, "apply", "--auto-approve", "--target", "weekly");
  expect(withdrawn.code).toBe(5);
  await project.sandbox.settle();
  expect(await members()).toBe(1);
});

it("somebody unknown may do nothing", async () => {
  for (const nobody of [
    { GITHUB_ACTOR: "eve" },
    { GITHUB_ACTOR: "" },
    { ...ANNA, GITHUB_EVENT_NAME: "schedule" },
  ])
    expect((await as(nobody, "apply", "--auto-approve")).code).toBe(5);
  expect(await members()).toBe(0);
});

it("a contributor sees only the name and type of what is not theirs", async () => {
  expect((await as(ANNA, "connections", "list")).stdout).toMatchInlineSnapshot(`
    "name      type      usable by     consent  exports
    brevo     brevo     admins        agreed   weekly
    file      file      contributors  agreed   shared
    sendgrid  sendgrid  admins        agreed
    "
  `);
  const list = await as(BEN, "connections", "list");
  expect(list.stdout).toMatchInlineSnapshot(`
    "name      type      usable by     consent  exports
    brevo     brevo
    file      file      contributors  agreed   shared
    sendgrid  sendgrid
    "
  `);
  const requests = project.exchanges.length;
  const tested = await as(BEN, "connections", "test");
  expect(tested.stdout).toContain("brevo brevo\n  not for you; ask an admin");
  expect(project.exchanges).toHaveLength(requests);
  expect((await as(BEN, "connections", "consent", "brevo")).code).toBe(5);
  expect((await as(BEN, "connections", "consent", "file")).code).toBe(0);
});
