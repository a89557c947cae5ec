import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { FULL } from "../support/full.js";
import { openProject, type Project, type Yaml } from "../support/project.js";
import { remoteOf } from "../support/remote.js";
import { rollcall } from "../support/rollcall.js";

/** First names that would do something where they are not taken as text. */
const NAMES = [
  '=HYPERLINK("https://evil.example","x")',
  "+1+cmd|' /C calc'!A0",
  "@SUM(A1)",
  "-2+3",
  "Ann\r\nX-Injected: yes\r\n\r\n{}",
  "Ann\nevil@example.com,Eve",
  'Ann","email":"evil@example.com',
  '"},{"email":"evil@example.com"}],"x":[{"',
  "Ann;evil@example.com|Eve\tTab",
  "'; DROP TABLE crm; --",
  "{{first_name}} ${HOME} $(id) `id` %s %00",
  "\u202eelpmaxe\u2066hidden\u2069",
  "\u001b[2J\u001b]0;title\u0007",
  "Zoë 👩‍👩‍👧 שלום",
  "<script>alert(1)</script>&amp;",
  '\\" \\u0022 \\n',
];
/** Mixed scripts, look-alikes and addresses that only nearly are one. */
const ODD_ADDRESSES = [
  "аnna@example.com",
  "anna@exаmple.com",
  "anna@example.com\r\nBcc: evil@example.com",
  'x","email":"evil@example.com',
  "=cmd|' /C calc'!A0@example.com",
  "\u202emoc.elpmaxe@anna",
  "anna@\u001b[2Jexample.com",
  `${"x".repeat(300)}@example.com`,
  "anna@example..com",
  "@",
  "anna",
];

let project: Project;
const lists: Record<string, string> = {};

const exportTo = (connection: string): Yaml => ({
  connection,
  list: lists[connection],
  segments: ["all"],
  match: { email: "email" },
  attributes: { firstName: "first_name" },
});

beforeAll(async () => {
  project = await openProject();
  for (const type of ["brevo", "sendgrid", "file"] as const)
    lists[type] = await remoteOf(project, type).addList("customers");
  await project.config({
    segments: { all: { source: "crm" } },
    exports: Object.fromEntries(["brevo", "sendgrid", "file"].map((type) => [type, exportTo(type)])),
  });
});
afterAll(() => project.stop());

describe("hostile values", () => {
  it("arrive as they are, and add nobody else", { timeout: 120_000 }, async () => {
    await project.profiles([
      ...NAMES.map((first_name, index) => ({ email: `p${index}@example.com`, first_name })),
      ...ODD_ADDRESSES.map((email) => ({ email, first_name: "Odd" })),
    ]);
    const run = await project.apply();
    expect(run.exports.map(({ name, status }) => [name, status])).toEqual([
      ["brevo", "succeeded"],
      ["sendgrid", "succeeded"],
      ["file", "succeeded"],
    ]);
    for (const type of ["brevo", "sendgrid"] as const) {
      const remote = remoteOf(project, type);
      const members = await remote.members(lists[type] ?? "");
      for (const [index, name] of NAMES.entries())
        expect(members.get(`p${index}@example.com`)?.[remote.firstName], `${type}: ${name}`).toBe(name);
      expect([...members.keys()].filter((email) => /evil|bcc/i.test(email))).toEqual([]);
      expect(members.size).toBeLessThanOrEqual(NAMES.length + 2);
    }
    const csv = await project.read(`lists/${lists["file"]}.csv`);
    for (const name of NAMES)
      expect(csv).toContain(/[",\r\n]/.test(name) ? `"${name.replaceAll('"', '""')}"` : name);
    for (const { headers } of project.exchanges as unknown as { headers?: Record<string, unknown> }[])
      expect(Object.keys(headers ?? {})).not.toContain("x-injected");
    expect((await project.plan()).exports.map(({ counts }) => counts.add + counts.update)).toEqual([0, 0, 0]);
  });

  it("do not affect the terminal", { timeout: 60_000 }, async () => {
    project.sandbox.brevo().addList("evil \u001b[2J\u202e list\r\n  + 100 add");
    for (const words of [["plan"], ["connections", "test"], ["plan", "--json"]]) {
      const { stdout, stderr } = await rollcall(words, { cwd: project.folder });
      expect((stdout + stderr).replaceAll("\n", "")).not.toMatch(/[\p{Cc}\u202a-\u202e\u2066-\u2069]/u);
      expect(stdout).not.toMatch(/^ {2}\+ 100 add/m);
    }
  });
});

it("a value of ten megabytes is counted and not sent", { timeout: 120_000 }, async () => {
  const row = (email: string, first_name: string): string => JSON.stringify({ email, first_name });
  await project.write(
    "huge.jsonl",
    `${row("p0@example.com", "x".repeat(10_000_000))}\n${row("p1@example.com", "Ann")}\n${row(`${"y".repeat(9_000_000)}@example.com`, "Ann")}\n`,
  );
  await project.config({
    sources: { crm: { type: "files", path: "huge.jsonl" } },
    segments: { all: { source: "crm" } },
    exports: { brevo: exportTo("brevo") },
  });
  const { code, stdout, stderr } = await rollcall(["plan"], { cwd: project.folder });
  expect(code, stderr).toBe(0);
  expect(stdout.length + stderr.length).toBeLessThan(20_000);
});

it("NUL and bytes that are not text cause a message and not a crash", { timeout: 60_000 }, async () => {
  await project.config({ segments: { all: { source: "crm" } }, exports: { file: exportTo("file") } });
  for (const bytes of [
    Buffer.from("email,first_name\np0@example.com,A\0B\n"),
    Buffer.concat([Buffer.from("email,first_name\np0@example.com,"), Buffer.from([0xc3, 0x28, 0xff, 0x0a])]),
    Buffer.from("\ufeffemail,first_name\np0@example.com,Ann\n", "utf16le"),
  ]) {
    await project.write("profiles.csv", bytes);
    const { code, stdout, stderr } = await rollcall(["plan"], { cwd: project.folder });
    expect([0, 1, 3]).toContain(code);
    expect(stdout + stderr).not.toContain("Something unexpected");
  }
});

it("an address that is repeated many times is one person", { timeout: 300_000 }, async () => {
  const times = FULL ? 1_000_000 : 100_000;
  await project.write("profiles.csv", `email,first_name\n${"P0@Example.com ,Ann\n".repeat(times)}`);
  const counts = (await project.planOf("file", { targets: ["file"] })).counts;
  expect(counts.add + counts.update + counts.unchanged).toBe(1);
});
