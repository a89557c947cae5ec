import { cp, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { existsSync, readdirSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { DuckDBInstance } from "@duckdb/node-api";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { startSandbox, type Sandbox } from "../../src/sandbox/index.js";
import pg from "pg";
import { parse } from "yaml";
import { startPostgres, type Postgres } from "../support/postgres.js";
import { startListService, type ListService } from "../support/list-service.js";
import { project, rollcall } from "../support/rollcall.js";

const folder = join(project, "examples");
const examples = readdirSync(folder).filter((name) => existsSync(join(folder, name, "exports.config.yaml")));
const env = {
  BREVO_API_KEY: "sandbox-brevo-key",
  BREVO_STAGING_KEY: "sandbox-staging-key",
  SENDGRID_API_KEY: "SG.sandbox-key",
  EXAMPLE_LISTS_KEY: "example-key",
  SHOP_URL: "",
  WAREHOUSE_PASSWORD: "example-password",
};

/** Added, and held back, at the first run: everything that the example's comments promise. Behind the name: its environment. */
const EXPECTED: Record<string, { add: number; heldBack: number }> = {
  "cdm-folder-to-brevo": { add: 2, heldBack: 1 },
  command: { add: 2, heldBack: 1 },
  "duckdb-to-sendgrid": { add: 2, heldBack: 1 },
  "environments production": { add: 3, heldBack: 1 },
  "environments staging": { add: 1 + 2, heldBack: 0 },
  "files-to-brevo": { add: 5, heldBack: 2 },
  "files-to-sendgrid": { add: 7, heldBack: 2 },
  "lists-as-files": { add: 2, heldBack: 0 },
  "own-destination": { add: 2, heldBack: 0 },
  "postgres-to-brevo": { add: 2, heldBack: 1 },
  // recent: 1 3 4 8 9 10, and 5 without consent; spenders: 1 4 9 10; campaigns without the colleague.
  "many-exports": { add: 6 + 6 + 5 + 4, heldBack: 1 + 1 + 2 },
};

/** Pages that show an example, by its name. */
const PAGES: Readonly<Record<string, string>> = { "postgres-to-brevo": "from-a-database.md" };

const ADDRESS = /[a-z]+\.[a-z]+@example\.(?:com|net|org)/iu;

test("every example has its expected numbers", () => {
  const names = Object.keys(EXPECTED).map((key) => key.split(" ")[0]);
  expect([...new Set(names)].sort()).toEqual(examples);
});

describe.each(Object.keys(EXPECTED))("%s", (key) => {
  const [name = "", ...environment] = key.split(" ");
  const chosen = environment.flatMap((one) => ["--env", one]);
  let cwd: string;
  let sandbox: Sandbox;
  let lists: ListService | undefined;
  let database: Postgres | undefined;
  beforeAll(async () => {
    const accounts = [
      { vendor: "brevo" as const, key: env.BREVO_API_KEY },
      { vendor: "brevo" as const, id: "staging", key: env.BREVO_STAGING_KEY },
      { vendor: "sendgrid" as const, key: env.SENDGRID_API_KEY },
    ];
    sandbox = await startSandbox({ accounts, limits: "none" });
    cwd = await mkdtemp(join(tmpdir(), "rollcall-example-"));
    await cp(join(folder, name), cwd, { recursive: true });
    const config = join(cwd, "exports.config.yaml");
    if (name === "own-destination") {
      lists = await startListService({ key: env.EXAMPLE_LISTS_KEY });
      lists.addField("name", "text");
    }
    await writeFile(
      config,
      (await readFile(config, "utf8"))
        .replaceAll("http://127.0.0.1:8025", sandbox.url)
        .replaceAll("http://127.0.0.1:8026/v1", lists?.url ?? ""),
    );
    if (name.startsWith("postgres")) database = await setUpPostgres(cwd);
    else if (existsSync(join(cwd, "setup.sql"))) await setUp(cwd);
  });
  afterAll(async () => {
    await sandbox.stop();
    await lists?.stop();
    await database?.stop();
    await rm(cwd, { recursive: true });
  });

  if (name === "cdm-folder-to-brevo")
    test("is what docs/from-customer-insights.md shows", async () => {
      const page = await readFile(join(project, "docs/from-customer-insights.md"), "utf8");
      const config = await readFile(join(folder, name, "exports.config.yaml"), "utf8");
      const [, shown = ""] = /```yaml\n(connections:[\s\S]*?)```/.exec(page) ?? [];
      const { version: _, ...rest } = parse(config) as Record<string, unknown>;
      expect(parse(shown)).toEqual(rest);
    });
  if (name in PAGES)
    test("is what its page shows", async () => {
      const page = await readFile(join(project, "docs", PAGES[name] ?? ""), "utf8");
      const config = await readFile(join(folder, name, "exports.config.yaml"), "utf8");
      const { sources, segments } = parse(config) as Record<string, unknown>;
      const [, shown = ""] = /```yaml\n(sources:[\s\S]*?)```/.exec(page) ?? [];
      expect(parse(shown)).toEqual({ sources, segments });
      const setup = await readFile(join(folder, name, "setup.sql"), "utf8");
      expect(page).toContain(setup.slice(setup.indexOf("CREATE ROLE")));
      const { stdout } = await rollcall(["plan"], { cwd, env });
      expect(page).toContain(stdout.replaceAll(/snapshot [0-9A-F]+\/[0-9A-F]+/g, "snapshot 0/1B2F3A8"));
    });

  test("is formatted, planned and applied, then has nothing left to do, and shows no address", async () => {
    expect(await rollcall(["fmt", "--check"], { cwd })).toMatchObject({ code: 0 });
    const plan = await rollcall([...chosen, "plan", "--detailed-exitcode", "--json"], { cwd, env });
    expect(plan.code, plan.stderr).toBe(2);
    const summary = plan.events.find(({ type }) => type === "plan-summary");
    expect(summary?.totals).toMatchObject({
      ...EXPECTED[key],
      update: 0,
      remove: 0,
      failedChecks: 0,
      errors: 0,
    });
    const apply = await rollcall([...chosen, "apply", "--auto-approve"], { cwd, env });
    expect(apply.code, apply.stderr + apply.stdout).toBe(0);
    expect(apply.stdout).toContain(`Apply complete: ${EXPECTED[key]?.add ?? 0} added, 0 changed, 0 removed.`);
    const again = await rollcall([...chosen, "plan", "--detailed-exitcode", "--fail-on-unsafe"], {
      cwd,
      env,
    });
    expect(again.code, again.stdout).toBe(0);
    expect(again.stdout).toContain("No changes.");
    for (const { stdout, stderr } of [plan, apply, again]) expect(stdout + stderr).not.toMatch(ADDRESS);
  });

  test.runIf(existsSync(join(folder, name, "segments.test.yaml")))("passes its own tests", async () => {
    const tests = await rollcall([...chosen, "test"], { cwd });
    expect(tests.code, tests.stdout + tests.stderr).toBe(0);
  });
});

/** As the user whom the example makes, who may only read. */
async function setUpPostgres(cwd: string): Promise<Postgres> {
  const database = await startPostgres();
  const admin = new pg.Client({ connectionString: database.url() });
  await admin.connect();
  await admin.query(await readFile(join(cwd, "setup.sql"), "utf8"));
  await admin.end();
  env.SHOP_URL = database.url().replace(/\/\/[^@]*@/, "//rollcall_reader:example@");
  return database;
}

async function setUp(cwd: string): Promise<void> {
  const instance = await DuckDBInstance.create(join(cwd, "shop.duckdb"));
  const connection = await instance.connect();
  await connection.run(await readFile(join(cwd, "setup.sql"), "utf8"));
  connection.closeSync();
  instance.closeSync();
}

test("the configuration of this repository passes its own tests and does not run those of the examples", async () => {
  const { code, stdout, stderr } = await rollcall(["test"], { cwd: project });
  expect(code, stdout + stderr).toBe(0);
  expect(stdout).toContain("in 1 file");
});
