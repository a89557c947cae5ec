import { readdir, readFile, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { afterEach, beforeEach, expect, it } from "vitest";
import { live } from "../faults/mortal.js";
import { openProject, type Project, type Row } from "../support/project.js";
import { rollcall } from "../support/rollcall.js";

let project: Project;
let list: string;
beforeEach(async () => {
  project = await openProject();
  list = String(project.sandbox.brevo().addList("customers"));
  await project.config({
    segments: { all: { source: "crm" } },
    exports: {
      weekly: {
        connection: "brevo",
        list,
        segments: ["all"],
        match: { email: "email" },
        safeguards: { maxRemovals: { share: "100%" } },
      },
    },
  });
  await project.profiles(people(1, 20));
  await project.apply();
  await project.profiles(people(11, 30));
});
afterEach(() => project.stop());

const APPLY = ["apply", "--auto-approve"];
const ACCOUNT = "brevo:sandbox-brevo";
const people = (first: number, last: number): Row[] =>
  Array.from({ length: last - first + 1 }, (_, index) => ({ email: `p${first + index}@example.com` }));

/** Kills an apply when its import was sent. */
async function dieWhileSending(): Promise<void> {
  const death = { moment: "sent POST /brevo/v3/contacts/import" };
  expect(await live(project.folder, APPLY, death, 0)).toMatchObject({ killed: true, point: death.moment });
  await project.sandbox.settle();
}

const blobs = (kind: string): Promise<string[]> =>
  readdir(join(project.folder, ".rollcall/blobs", kind), { recursive: true, withFileTypes: true }).then(
    (entries) =>
      entries.filter((entry) => entry.isFile()).map(({ parentPath, name }) => join(parentPath, name)),
  );

async function mustBe(rows: readonly Row[]): Promise<void> {
  const emails = project.sandbox
    .brevo()
    .members(Number(list))
    .map(({ email }) => email);
  expect(emails.sort()).toEqual(rows.map(({ email }) => String(email)).sort());
  expect((await project.planOf("weekly")).counts).toMatchObject({ add: 0, update: 0, remove: 0 });
}

it("every request of an unfinished run counts as perhaps sent when its journal is damaged", async () => {
  const before = await blobs("journal");
  await dieWhileSending();
  const segment = (await blobs("journal")).find((path) => !before.includes(path)) ?? "";
  await writeFile(segment, (await readFile(segment, "utf8")).replace("intent", "tnetni"));
  const { code, stderr } = await rollcall(APPLY, { cwd: project.folder });
  expect(stderr).toContain("counts as perhaps sent");
  expect(code).toBe(0);
  await mustBe(people(11, 30));
});

it("an unfinished run whose change set is lost is refused with the command that ends it", async () => {
  const settled = await rollcall(["state", "abandon", ACCOUNT, "--auto-approve"], { cwd: project.folder });
  expect(settled).toMatchObject({ code: 1 });
  expect(settled.stderr).toContain("no unfinished run");
  const before = await blobs("changesets");
  await dieWhileSending();
  const early = await rollcall(["state", "abandon", ACCOUNT, "--auto-approve"], { cwd: project.folder });
  expect(early).toMatchObject({ code: 5 });
  expect(early.stderr).toContain("can be settled");
  for (const path of await blobs("changesets")) if (!before.includes(path)) await rm(path);

  const refused = await rollcall(APPLY, { cwd: project.folder });
  expect(refused.code).toBe(1);
  expect(refused.stdout.replaceAll(/\s+/g, " ")).toContain(`rollcall state abandon ${ACCOUNT}`);
  const unasked = await rollcall(["state", "abandon", ACCOUNT], { cwd: project.folder });
  expect(unasked.code).toBe(3);
  const given = await rollcall(["state", "abandon", ACCOUNT, "--auto-approve", "--json"], {
    cwd: project.folder,
  });
  expect(given.code).toBe(0);
  expect(given.events).toContainEqual(expect.objectContaining({ type: "result", command: "state abandon" }));
  expect(given.stderr).toContain("stay on the list as strangers");
  expect(await rollcall(APPLY, { cwd: project.folder })).toMatchObject({ code: 0 });
  await mustBe(people(11, 30));
});
