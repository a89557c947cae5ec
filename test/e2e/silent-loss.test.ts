import { expect, it, onTestFinished } from "vitest";
import { openProject, type Project, type Row } from "../support/project.js";
import { remoteOf, type Remote } from "../support/remote.js";
import { rollcall } from "../support/rollcall.js";

/** SendGrid takes no empty number or date: the contact is gone behind a 202, and its job ends well. */
const SILENT = { sendgridEmptyLosesRow: true, sendgridWrongTypeSilent: true };
const LEFT_ALONE = { sendgridEmptyLosesRow: false };

interface Stage {
  readonly project: Project;
  readonly remote: Remote;
  readonly list: string;
  /** Id of the field of that name. */
  readonly score: string;
  configure(nulls: "clear" | "leave"): Promise<void>;
}

async function stage(switches: Record<string, boolean>): Promise<Stage> {
  const project = await openProject({ sandbox: { switches } });
  onTestFinished(() => project.stop());
  const state = project.sandbox.sendgrid();
  const score = state.addField("Score", "Number");
  state.addField("Since", "Date");
  const remote = remoteOf(project, "sendgrid");
  const list = await remote.addList("customers");
  return {
    project,
    remote,
    list,
    score,
    configure: (nulls) =>
      project.config({
        segments: { all: { source: "crm" } },
        exports: {
          weekly: {
            connection: "sendgrid",
            list,
            segments: ["all"],
            match: { email: "email" },
            attributes: {
              firstName: "first_name",
              Score: { column: "score", type: "number", nulls },
              Since: { column: "since", type: "date", nulls },
            },
          },
        },
      }),
  };
}

const row = (name: string, score: number | null, since: string | null): Row => ({
  email: `${name}@example.com`,
  first_name: name,
  score,
  since,
});

it("a person with an empty number or date gets onto the list in either reading, and a field that was not cleared is reported", async () => {
  for (const [switches, held] of [
    [SILENT, 7],
    [{ sendgridEmptyLosesRow: true }, 7],
    [LEFT_ALONE, undefined],
  ] as const) {
    const { project, remote, list, score, configure } = await stage(switches);
    // Dora is a contact already, with a number that is empty now.
    project.sandbox.sendgrid().addContact({ email: "dora@example.com", custom_fields: { [score]: 7 } });
    await configure("clear");
    await project.profiles([
      row("ann", 1, "2021-02-11"),
      row("bob", null, "2021-02-12"),
      row("cy", null, null),
      row("dora", null, "2021-02-13"),
    ]);
    const { code, stderr } = await rollcall(["apply", "--auto-approve"], { cwd: project.folder });
    expect(code).toBe(held === undefined ? 0 : 8);
    if (held !== undefined) {
      expect(stderr).toMatch(/1 person is not stored as sent, though no report of the destination/);
      expect(stderr).toMatch(/`nulls: leave` empties none/);
      expect(stderr).not.toMatch(/dora/);
    }
    const members = await remote.members(list);
    expect([...members.keys()].toSorted()).toEqual(
      ["ann", "bob", "cy", "dora"].map((name) => `${name}@example.com`),
    );
    expect(members.get("dora@example.com")).toMatchObject({ first_name: "dora" });
    expect(members.get("dora@example.com")?.["Score"]).toBe(held);
    expect((await project.planOf("weekly")).counts).toMatchObject({ add: 0, update: 0, remove: 0 });
  }
});

it("an update that SendGrid loses behind a 202 does not count as one", async () => {
  for (const [switches, code, score] of [
    [SILENT, 8, 1],
    [LEFT_ALONE, 0, undefined],
  ] as const) {
    const { project, configure } = await stage(switches);
    await configure("clear");
    await project.profiles([row("ann", 1, "2021-02-11"), row("bob", 2, "2021-02-12")]);
    await project.apply();
    await project.profiles([row("ann", null, "2021-02-11"), row("bob", 3, "2021-02-12")]);
    const run = await rollcall(["apply", "--auto-approve"], { cwd: project.folder });
    expect(run.code).toBe(code);
    const custom = (name: string) =>
      project.sandbox.sendgrid().contact(`${name}@example.com`)?.["custom_fields"] as Record<string, unknown>;
    expect([custom("ann")["Score"], custom("bob")["Score"]]).toEqual([score, 3]);
    // What SendGrid holds otherwise than it was sent waits until its data changes, and is told.
    const { counts } = await project.planOf("weekly");
    expect([counts.update, counts.heldBack]).toEqual([0, code === 0 ? {} : { rejected: 1 }]);
  }
});

it("additions and updates are reported in one sentence", async () => {
  const { project, list, score, configure } = await stage(SILENT);
  await configure("clear");
  const state = project.sandbox.sendgrid();
  await project.profiles([row("ann", 1, "2021-02-11")]);
  await project.apply();
  state.addContact({ email: "dora@example.com", custom_fields: { [score]: 7 } });
  await project.profiles([row("ann", null, "2021-02-11"), row("dora", null, "2021-02-12")]);
  const { stderr } = await rollcall(["apply", "--auto-approve"], { cwd: project.folder });
  expect(stderr.match(/not stored as sent/g)).toHaveLength(1);
  expect(stderr).toMatch(/2 people are not stored as sent/);
  expect(state.members(list)).toHaveLength(2);
});

it("a field that SendGrid refuses to clear is reported for everybody concerned, however few of the batch", async () => {
  const { project, configure } = await stage(LEFT_ALONE);
  await configure("clear");
  const people = (name: string, score: number | null): Row[] => [
    ...Array.from({ length: 400 }, (_, n) => ({ ...row(`p${n}`, null, null), first_name: name })),
    row("zoe", score, null),
  ];
  await project.profiles(people("A", 7));
  await project.apply();
  project.sandbox.inject({
    vendor: "sendgrid",
    method: "PUT",
    path: "/v3/marketing/contacts",
    nth: 2,
    effect: {
      kind: "answer",
      status: 400,
      type: "application/json",
      body: '{"errors":[{"message":"no number"}]}',
    },
  });
  await project.profiles(people("B", null));
  const { code, stderr } = await rollcall(["apply", "--auto-approve"], { cwd: project.folder });
  expect(code).toBe(8);
  expect(stderr).toMatch(/A part of a request was refused, .*SendGrid says: no number\./s);
  expect(stderr).toMatch(/1 person is not stored as sent/);
  expect((await project.planOf("weekly")).counts).toMatchObject({ update: 0, heldBack: { rejected: 1 } });
});
