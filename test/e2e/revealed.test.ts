import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, it } from "vitest";
import type { Plan } from "../../src/model/plan/plan.js";
import { rollcall, type Ended } from "../support/rollcall.js";

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "rollcall-revealed-"));
  await writeFile(
    join(folder, "people.csv"),
    `id,email,spend,size,newsletter
1,anna@example.com,5,L,yes
2,ben(at)example.com,6,M,yes
3,,7,M,yes
4,dora@example.com,8,M,no
5,eve@example.com,much,M,yes
6,finn@example.com,9,XXL,yes
`,
  );
  await writeFile(
    join(folder, "exports.config.yaml"),
    `version: 1
connections: {out: {type: file, path: lists, dataPrivacy: {agreed: true, by: us, on: 2026-01-01}}}
sources: {people: {type: files, path: people.csv, columns: {id: text, spend: text}}}
segments: {all: {source: people}}
exports:
  weekly:
    connection: out
    list: {name: weekly, create: true}
    segments: [all]
    match: {email: email, id: id}
    consent: newsletter
    attributes:
      SCORE: {column: spend, type: number}
      SIZE: {sql: "upper(size)", type: choice, choices: [M, L]}
`,
  );
});
afterAll(() => rm(folder, { recursive: true, force: true }));

const plan = (...words: string[]): Promise<Ended> => rollcall(["plan", ...words], { cwd: folder });

const WHO = [
  /! dora@example\.com +no consent/,
  /! ben\(at\)example\.com +invalid/,
  /! \(no address, id 3\) +invalid/,
  /! eve@example\.com +SCORE \(column spend\): not a number/,
  /! finn@example\.com +SIZE: not one of 2 choices/,
];

it("--reveal shows the people behind the counts of a plan: invalid ones, held-back ones, and values not sent", async () => {
  const { stdout } = await plan("--reveal", "--markdown", "plan.md");
  expect(stdout).toContain("3 held back  2 invalid, 1 no consent");
  for (const who of WHO) expect(stdout).toMatch(who);
  // Nobody's value stands there, and others read the comment.
  expect(stdout).not.toMatch(/much|XXL/);
  const comment = await readFile(join(folder, "plan.md"), "utf8");
  expect(comment).not.toMatch(/ben\(at\)|eve@|much|XXL/);
  expect(comment).toContain("! e•••@example.com  SCORE (column spend): not a number");
}, 60_000);

it("a plan without --reveal shows column, file and line of the first of them", async () => {
  const { stdout } = await plan("--html", "plan.html", "--markdown", "plan.md");
  const flat = stdout.replaceAll(/\s+/g, " ");
  const told = [
    'SCORE: 1 not a number (column "spend", first in people.csv, line 6)',
    "SIZE: 1 not one of 2 choices (first address in people.csv, line 7)",
    'column "email", first in people.csv, line 3',
  ];
  for (const words of told) expect(flat).toContain(words);
  for (const file of ["plan.md", "plan.html"]) {
    const text = (await readFile(join(folder, file), "utf8"))
      .replaceAll("&quot;", '"')
      .replaceAll(/\s+/g, " ");
    expect(text).toContain("people.csv, line 6");
    expect(text).toContain("people.csv, line 3");
  }
  const { events } = await plan("--json");
  const planned = events.find(({ type }) => type === "plan") as { plan: Plan } | undefined;
  expect(planned?.plan.exports[0]).toMatchObject({
    invalidAddresses: {
      column: "email",
      first: { of: "value", source: "people", file: "people.csv", line: 3 },
    },
    badValues: [
      { attribute: "SCORE", column: "spend", first: { of: "value", file: "people.csv", line: 6 } },
      { attribute: "SIZE", first: { of: "address", file: "people.csv", line: 7 } },
    ],
  });
}, 60_000);

it("a plan without --reveal shows nothing of an invalid address, since no mask fits it", async () => {
  const { stdout } = await plan("--json");
  expect(stdout).not.toMatch(/ben|dora@|id 3/);
  expect(stdout).toContain("d•••@example.com");
}, 60_000);

it("--reveal shows them also when nothing changes", async () => {
  expect((await rollcall(["apply", "--auto-approve"], { cwd: folder })).code).toBe(0);
  const { stdout } = await plan("--reveal");
  expect(stdout).toContain("3 unchanged");
  for (const who of WHO.slice(0, 3)) expect(stdout).toMatch(who);
  expect((await plan()).stdout).not.toContain("no consent\n    !");
}, 60_000);
