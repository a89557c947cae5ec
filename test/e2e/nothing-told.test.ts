import { execFileSync } from "node:child_process";
import { readFile, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { afterAll, beforeAll, expect, it } from "vitest";
import type { Plan } from "../../src/model/plan/plan.js";
import { FULL } from "../support/full.js";
import { openProject, type Project, type Yaml } from "../support/project.js";
import { disguised, raising } from "../support/raising.js";
import { rollcall } from "../support/rollcall.js";
import { SECRETS, toldIn } from "../support/secrets.js";

const [email, phone, name, born] = SECRETS;
let project: Project;

beforeAll(async () => {
  project = await openProject();
  await project.profiles([
    { email, phone, name, born, id: 1 },
    { email: `b.${email}`, phone, name, born, id: 2 },
  ]);
  await project.config({ exports: {} });
  const git = (...words: string[]) =>
    execFileSync("git", ["-c", "user.name=T", "-c", "user.email=t@example.com", ...words], {
      cwd: project.folder,
    });
  git("init", "-q", "-b", "main");
  git("add", "exports.config.yaml");
  git("commit", "-qm", "base");
  git("update-ref", "refs/remotes/origin/main", "HEAD");
  git("symbolic-ref", "refs/remotes/origin/HEAD", "refs/remotes/origin/main");
});
afterAll(() => project.stop());

const EVIL = "'x@' || replace(email, '@', '.at.') || '.evil.example.com'";
let lists = 0;
const exportOf = (segment: string, more: Yaml = {}): Yaml => ({
  connection: "file",
  list: { name: `list ${(lists += 1)}`, create: true },
  segments: [segment],
  match: { email: "email" },
  ...more,
});

/** Exports whose SQL wants to tell what is in the data: by an error, or by what is delivered. */
function telling(): { segments: Yaml; exports: Yaml } {
  const texts = FULL ? [...disguised("email"), "phone"] : ["replace(email, '@', '#')"];
  const expressions = texts.flatMap(raising);
  const chosen = FULL
    ? expressions
    : [...expressions.filter((_, index) => index % 3 === 0), ...raising("phone").slice(65, 75)];
  const segments: Record<string, Yaml> = {
    all: { source: "crm" },
    error: { source: "crm", where: `error('Referenced column "' || (select string_agg(replace(email, '@', '#')) from crm) || '" not found') is null` },
    evil: { sql: `SELECT ${EVIL} AS email FROM crm` },
    letters: { sql: "SELECT substr(email, i, 1) || '@x.example' AS email FROM crm, range(1, 20) AS r(i)" },
    named: { sql: "SELECT nobody FROM (SELECT * FROM crm PIVOT (count(*) FOR email IN ('a')))" },
    pivoted: { sql: "SELECT nobody FROM (PIVOT crm ON email USING count(*))" },
  }; // prettier-ignore
  const exports: Record<string, Yaml> = {
    matched: exportOf("all", { match: { email: EVIL, id: "email" } }),
    bits: exportOf("all", {
      attributes: Object.fromEntries(
        Array.from({ length: 20 }, (_, i) => [
          `A${i}`,
          { sql: `CASE WHEN ascii(substr(email, ${i + 1})) > 110 THEN 1 END` },
        ]),
      ),
    }),
    choices: exportOf("all", { attributes: { C: { sql: "email", type: "choice", choices: ["x"] } } }),
    consenting: exportOf("all", { consent: "ascii(email) > 0 AND name IS NULL" }),
  };
  for (const [index, expression] of chosen.entries()) {
    const parts = [
      () => ((segments[`s${index}`] = { source: "crm", where: `(${expression}) IS NULL` }), `s${index}`),
      () => ((segments[`s${index}`] = { sql: `SELECT ${expression} AS email FROM crm` }), `s${index}`),
      () => ((segments[`s${index}`] = { source: "crm", orderBy: expression }), `s${index}`),
      () => ((segments[`s${index}`] = { source: "crm", email: expression, exclude: ["all"] }), `s${index}`),
    ];
    const more = [{ match: { email: expression } }, { consent: expression }, { attributes: { [`E${index}`]: { sql: expression } } }]; // prettier-ignore
    const turn = index % (parts.length + more.length);
    exports[`e${index}`] = turn < parts.length ? exportOf(parts[turn]?.() ?? "") : exportOf("all", more[turn - parts.length]); // prettier-ignore
  }
  for (const segment of Object.keys(segments).filter((one) => !/^s\d/.test(one)))
    exports[`of-${segment}`] = exportOf(segment);
  return { segments, exports };
}

it(
  "no output of an unreviewed change reveals the data, whatever its SQL does",
  { timeout: 600_000 },
  async () => {
    const { segments, exports } = telling();
    await project.config({
      sql: { timeout: "20s", memory: "500MB" },
      sources: {
        crm: { type: "files", path: "profiles.csv", columns: { phone: "text" }, maxAge: { maxAge: "1d", column: "born" } },
      },
      segments,
      exports,
    }); // prettier-ignore
    const files = ["plan.json", "comment.md", "plan.html", "events.ndjson"];
    const [saved = "", comment = "", page = "", events = ""] = files;
    const env = { ROLLCALL_DEBUG: "1" };
    const first = await rollcall(
      ["plan", "--untrusted", "--out", saved, "--markdown", comment, "--html", page, "--json-into", events],
      { cwd: project.folder, env },
    );
    const second = await rollcall(["plan", "--untrusted", "--json"], { cwd: project.folder, env });
    const outputs: [string, string][] = [
      ["text", first.stdout + first.stderr],
      ["--json", second.stdout + second.stderr],
    ];
    for (const file of files) outputs.push([file, await readFile(join(project.folder, file), "utf8")]);
    for (const [what, text] of outputs) {
      expect(text.length, what).toBeGreaterThan(500);
      // What the config says is nobody's secret.
      expect(toldIn(text), what).toBeUndefined();
    }
    const event = second.events.find(({ type }) => type === "plan");
    if (event === undefined) throw new Error("no plan was made");
    const { exports: planned } = event["plan"] as Plan;
    const failed = planned.filter(({ error }) => error !== undefined);
    expect(failed.length).toBeGreaterThan(planned.length / 3);
    expect(planned.flatMap(({ samples }) => samples)).toEqual([]);
    // Nor where in the data what stands, which SQL could ask for letter by letter.
    const choices = planned.find((one) => one.name === "choices");
    expect(choices?.badValues).toEqual([{ attribute: "C", reason: "not one of 1 choices", count: 2 }]);
    expect(planned.find((one) => one.name === "of-all")?.counts.add).toBe(2);
    expect(first.stdout.replaceAll(/\s+/g, " ")).toContain("No examples of people are shown");
  },
);

it("a line of data that an unreviewed change declares a header is not revealed", async () => {
  await writeFile(join(project.folder, "blocked.txt"), `${email}\nsomebody@example.com\n`);
  const crm = { type: "files", path: "blocked.txt", format: "csv", delimiter: "@" };
  await project.config({
    sources: { declared: { ...crm, columns: { nope: "text" } }, named: crm },
    segments: {
      one: { source: "declared" },
      two: { source: "named", where: "zqxvvkj = 1" },
    },
    exports: { one: exportOf("one"), two: exportOf("two") },
  });
  const { stdout, stderr } = await rollcall(["plan", "--untrusted"], { cwd: project.folder });
  expect(stderr).not.toContain("error:");
  expect(stdout).toContain('There is no column "zqxvvkj"');
  expect(stdout).toContain("Its columns are not shown");
  expect(toldIn(stdout + stderr)).toBeUndefined();
});

it("a plan of reviewed SQL shows masked addresses, and none that SQL computes", async () => {
  await project.config({
    segments: { all: { source: "crm" }, evil: { sql: `SELECT ${EVIL} AS email FROM crm` } },
    exports: {
      plain: exportOf("all"),
      evil: exportOf("evil"),
      matched: exportOf("all", { match: { email: EVIL } }),
    },
  });
  await rm(join(project.folder, "comment.md"), { force: true });
  const plan = await project.plan();
  const shown = (of: string): (string | undefined)[] =>
    plan.exports.find((one) => one.name === of)?.samples.map(({ address }) => address) ?? [];
  expect(new Set(shown("plain"))).toEqual(new Set(["z•••@pfqzzw.example", "b•••@pfqzzw.example"]));
  expect(shown("evil")).toEqual(["•••", "•••"]);
  expect(shown("matched")).toEqual(["•••", "•••"]);
  // Also in a comment, of a plan that shows whole addresses.
  await rollcall(["plan", "--reveal", "--markdown", "comment.md"], { cwd: project.folder });
  const markdown = await readFile(join(project.folder, "comment.md"), "utf8");
  expect(markdown).toContain("+ z•••@pfqzzw.example");
  expect(markdown).toContain("+ •••\n");
  expect(markdown).not.toContain("evil.example.com");
});
