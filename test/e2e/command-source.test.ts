import { execFileSync, spawnSync } from "node:child_process";
import { existsSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { openProject, type Project, type Yaml } from "../support/project.js";
import { startPostgres } from "../support/postgres.js";
import { project as root, rollcall, type Ended } from "../support/rollcall.js";

const PEOPLE = "email,first name\nana@example.com,Ana\nben@example.com,Ben\ncleo@example.com,Cleo\n";

let project: Project;
let list: number;
beforeEach(async () => {
  project = await openProject();
  list = project.sandbox.brevo().addList("customers");
  await project.write("people.csv", PEOPLE);
});
afterEach(() => project.stop());

/** A source whose program leaves a mark each time that it runs. */
const script = (then: string): string[] => [process.execPath, "-e", `fs.appendFileSync('ran', 'x'); ${then}`];
const printing = script("process.stdout.write(fs.readFileSync('people.csv'))");

async function configure(crm: Yaml): Promise<void> {
  await project.config({
    connections: { brevo: project.connections()["brevo"] ?? {} },
    sources: { crm: { type: "command", format: "csv", ...crm } },
    exports: {
      weekly: {
        connection: "brevo",
        list,
        segments: ["all"],
        match: { email: "email" },
        attributes: { FIRSTNAME: "first name" },
      },
    },
  });
}

const run = (words: readonly string[], env: Readonly<Record<string, string>> = {}): Promise<Ended> =>
  rollcall(words, { cwd: project.folder, env });
const members = (): number => project.sandbox.brevo().members(list).length;
const runs = async (): Promise<number> => (await readFile(join(project.folder, "ran"), "utf8")).length;

it("a program runs once for a plan, although columns are looked at before, and the plan shows what proves the whole", async () => {
  await configure({ command: printing });
  expect((await run(["validate"])).code).toBe(0);
  expect(existsSync(join(project.folder, "ran"))).toBe(false);
  const plan = await run(["plan"]);
  expect(plan.code, plan.stderr).toBe(0);
  expect(plan.stdout).toContain("complete by exit code 0 and the end of its last line");
  expect(await runs()).toBe(1);
  const apply = await run(["apply", "--auto-approve"]);
  expect(apply.code, apply.stderr + apply.stdout).toBe(0);
  expect(apply.stdout).toContain("3 added, 0 changed, 0 removed.");
  expect(await runs()).toBe(2);
  const again = await run(["plan", "--detailed-exitcode"]);
  expect(again.code, again.stdout).toBe(0);
});

describe("nobody leaves a list where a program", () => {
  it.each<[string, () => Yaml, string]>([
    [
      "fails after some of its rows",
      () => ({
        command: script("console.log('email,first name\\nana@example.com,Ana'); process.exitCode = 9"),
      }),
      "its program ended with exit code 9.",
    ],
    [
      "ends well, and lacks its trailer",
      () => ({ command: printing, trailer: "# rows={rows}" }),
      "its output does not end with its `trailer`",
    ],
    [
      "gives fewer rows than are counted",
      () => ({ command: printing, countCommand: [process.execPath, "-e", "console.log(4)"] }),
      "its `countCommand` tells of 4 rows, and 3 arrived.",
    ],
    ["is gone", () => ({ command: ["no-such-program-anywhere"] }), "its program was not found."],
    [
      "takes too long",
      () => ({
        command: script("process.stdout.write('email,first name\\n'); setInterval(() => 0, 1000)"),
        timeout: "1s",
      }),
      "its program did not end within its `timeout`.",
    ],
  ])("%s", async (_, crm, says) => {
    await configure({ command: printing });
    expect((await run(["apply", "--auto-approve"])).code).toBe(0);
    expect(members()).toBe(3);
    await configure(crm());
    const ended = await run(["apply", "--auto-approve"]);
    expect(ended.code).not.toBe(0);
    expect(ended.stdout + ended.stderr).toContain(says);
    expect(ended.stdout + ended.stderr).not.toMatch(/ana@|ben@|cleo@/);
    expect(members()).toBe(3);
  });
});

describe("--untrusted", () => {
  it.each(["of the base", "of the change"])("never starts a program %s", async (whose) => {
    const git = (...words: string[]): unknown =>
      execFileSync("git", ["-c", "user.name=T", "-c", "user.email=t@example.com", ...words], {
        cwd: project.folder,
        stdio: "ignore",
      });
    if (whose === "of the base") await configure({ command: printing });
    else await project.config({ connections: { brevo: project.connections()["brevo"] ?? {} } });
    git("init", "-q", "-b", "main");
    git("add", "exports.config.yaml", "people.csv");
    git("commit", "-qm", "base");
    git("update-ref", "refs/remotes/origin/main", "HEAD");
    await configure({ command: printing });
    const plan = await run(["plan", "--untrusted", "--base", "origin/main", "--json"]);
    expect(existsSync(join(project.folder, "ran")), plan.stdout + plan.stderr).toBe(false);
    expect(plan.stdout).toContain("it starts a program, and --untrusted starts none");
    expect(plan.stdout).toContain('"awaitsTrust":true');
  });
});

const isInstalled = (program: string): boolean => spawnSync(program, ["--version"]).status === 0;

describe("the client of a database", () => {
  it("sqlite3 gives CSV, and counts its rows", async (context) => {
    if (!isInstalled("sqlite3")) return context.skip("sqlite3 is not here");
    const setUp = [
      "create table people (email, name)",
      "insert into people values ('a@example.com', 'A'), ('b@example.com', NULL)",
    ];
    execFileSync("sqlite3", ["shop.db", setUp.join(";")], { cwd: project.folder });
    await configure({
      command: [
        "sqlite3",
        "-readonly",
        "-header",
        "-csv",
        "shop.db",
        'select email, name as "first name" from people',
      ],
      countCommand: ["sqlite3", "-readonly", "shop.db", "select count(*) from people"],
    });
    const plan = await run(["plan"]);
    expect(plan.code, plan.stderr + plan.stdout).toBe(0);
    expect(plan.stdout).toContain("complete by the row count of its `countCommand`");
    expect(plan.stdout).toContain("Plan: 2 to add");
    await configure({ command: ["sqlite3", "-header", "-csv", "shop.db", "select * from nobody"] });
    expect((await run(["plan"])).stdout).toMatch(/its program ended with exit code \d+\./);
  });

  it("psql gives CSV, and counts its rows", async (context) => {
    if (!isInstalled("psql")) return context.skip("psql is not here");
    const server = await startPostgres();
    try {
      const { hostname, port, username, pathname } = new URL(server.url());
      const words = [
        "psql",
        "-X",
        "-h",
        hostname,
        "-p",
        port,
        "-U",
        username,
        "-d",
        pathname.slice(1),
        "-v",
        "ON_ERROR_STOP=1",
      ];
      const select = `select 'p' || n || '@example.com' as email, 'P' as "first name" from generate_series(1, 2500) as n`;
      await configure({
        command: [...words, "--csv", "-c", select],
        countCommand: [...words, "-At", "-c", `select count(*) from (${select}) as rows`],
        passEnv: ["PGPASSWORD"],
      });
      const plan = await run(["plan"], { PGPASSWORD: server.password });
      expect(plan.code, plan.stderr + plan.stdout).toBe(0);
      expect(plan.stdout).toContain("2,500 rows");
      const wrong = await run(["plan"], { PGPASSWORD: "canary-wrong" });
      expect(wrong.stdout).toContain("`countCommand`: its program ended with exit code 2.");
      expect(wrong.stdout + wrong.stderr).not.toContain("canary");
    } finally {
      await server.stop();
    }
  });
});

describe("docs/from-other-warehouses.md", async () => {
  const page = await readFile(join(root, "docs/from-other-warehouses.md"), "utf8");
  const blocks = (language: string): string[] =>
    [...page.matchAll(new RegExp(`^\`\`\`${language}\\n([^]*?)^\`\`\``, "gmu"))].map(([, text = ""]) => text);

  it("has sources that are valid as they stand there", async () => {
    expect(blocks("yaml")).toHaveLength(6);
    for (const sources of blocks("yaml")) {
      const config = `version: 1
connections:
  folder: { type: file, path: lists, dataPrivacy: { agreed: true, by: Anna Example, on: 2026-11-01 } }
segments: { all: { source: customers } }
exports: { weekly: { connection: folder, list: { name: all, create: true }, segments: [all], match: { email: email } } }
${sources}`;
      await project.write("exports.config.yaml", config);
      const ended = await run(["validate"]);
      expect(ended.code, sources + ended.stdout + ended.stderr).toBe(0);
    }
  });

  it("has a script that gives every row, here with another driver", async (context) => {
    if (!isInstalled("python3")) return context.skip("python3 is not here");
    const [script = ""] = blocks("python");
    const other = script
      .replace("from databricks import sql", "import sqlite3")
      .replace(/sql\.connect\([^]*?\n\)/u, 'sqlite3.connect(os.environ["SHOP_FILE"])');
    await project.write("query.py", other);
    const values =
      "values ('a@example.com', 'A, \"B\"'), ('b@example.com', null), ('c@example.com', 'two' || char(10) || 'lines')";
    await configure({
      command: ["python3", "query.py", `select column1 as email, column2 as "first name" from (${values})`],
      trailer: "# rows={rows}",
      passEnv: ["SHOP_FILE"],
    });
    const plan = await run(["plan"], { SHOP_FILE: ":memory:" });
    expect(plan.stdout, plan.stderr).toContain(
      "crm  3 rows, 2 columns; complete by the row count of its `trailer`",
    );
  });
});
