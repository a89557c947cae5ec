import { execFileSync } from "node:child_process";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import pg from "pg";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import type { Plan } from "../../src/model/plan/plan.js";
import { plan } from "../../src/usecases/plan.js";
import { startPostgres, type Postgres } from "../support/postgres.js";
import type { Yaml } from "../support/project.js";
import { rollcall } from "../support/rollcall.js";
import { findSharedData } from "../support/shared-data.js";
import { startStoppingProxy, type StoppingProxy } from "../support/stopping-proxy.js";
import { openStory, type Story } from "../support/story.js";

let server: Postgres;
let admin: pg.Client;
let story: Story;

beforeAll(async () => {
  server = await startPostgres();
  admin = new pg.Client({ connectionString: server.url() });
  await admin.connect();
});
afterAll(async () => {
  await admin.end();
  await server.stop();
});
beforeEach(async () => {
  story = await openStory("brevo");
  process.env["CRM_URL"] = server.url();
});
afterEach(async () => {
  delete process.env["CRM_URL"];
  await story.stop();
});

const database = (more: Yaml): Yaml => ({ type: "postgres", url: { env: "CRM_URL" }, ...more });

describe("customers in a database", () => {
  beforeEach(async () => {
    await admin.query(`DROP SCHEMA IF EXISTS crm CASCADE; CREATE SCHEMA crm;
      CREATE TABLE crm.customers (email text, name text, spent numeric(10,2), born date, active boolean);
      INSERT INTO crm.customers VALUES
        ('ann@example.com', 'Ann', 10.50, '1980-01-31', true),
        ('bob@example.com', '', NULL, NULL, true),
        ('carl@example.com', NULL, 7, '2001-12-01', false)`);
    await story.configure(
      {
        mode: "mirror",
        attributes: { firstName: "name", SPENT: { column: "spent", type: "number", createMissing: true } },
      },
      {
        sources: { crm: database({ table: "crm.customers" }) },
        segments: { all: { source: "crm", where: "active or born > date '2000-01-01'" } },
      },
    );
  });

  it("are sent, kept up to date and taken off, and a plan says what was read and why that was all", async () => {
    await story.apply();
    expect(await story.members()).toEqual(["ann", "bob", "carl"]);
    expect(await story.stored("ann")).toMatchObject({ SPENT: 10.5 });
    await story.mustBeSettled();

    await admin.query(
      "UPDATE crm.customers SET born = NULL WHERE name IS NULL; UPDATE crm.customers SET spent = 11 WHERE name = 'Ann'",
    );
    const planned = await story.plan();
    expect(planned.exports[0]?.counts).toMatchObject({ add: 0, update: 1, remove: 1 });
    expect(planned.sources).toMatchObject([
      { name: "crm", type: "postgres", rows: 3, columns: 5, proof: "the row count of the database" },
    ]);
    expect(planned.sources?.[0]?.snapshot).toMatch(/^[0-9A-F]+\/[0-9A-F]+$/);
    expect(Math.abs(Date.parse(planned.sources?.[0]?.asOf ?? "") - Date.now())).toBeLessThan(60_000);
    await story.apply();
    expect(await story.members()).toEqual(["ann", "bob"]);
  });

  it("stay on their list when the table is gone, when it is locked, and when the password is wrong", async () => {
    await story.apply();
    await admin.query("ALTER TABLE crm.customers RENAME TO moved");
    expect((await story.planOf("weekly")).error).toMatchObject({ kind: "not-found" });
    await admin.query("ALTER TABLE crm.moved RENAME TO customers");
    process.env["CRM_URL"] = server.url().replace(server.password, "canary-wrong");
    const { error, counts } = await story.planOf("weekly");
    expect([error?.kind, counts.remove]).toEqual(["auth", 0]);
    expect(JSON.stringify(error)).not.toContain("canary");
    process.env["CRM_URL"] = server.url();
    await admin.query("BEGIN; LOCK TABLE crm.customers");
    await story.configure(
      { mode: "mirror" },
      { sources: { crm: database({ table: "crm.customers", statementTimeout: "1s" }) } },
    );
    expect((await story.planOf("weekly")).error).toMatchObject({ kind: "transient" });
    await admin.query("ROLLBACK");
    expect(await story.members()).toEqual(["ann", "bob", "carl"]);
  });

  it("are planned by the built command, which shows neither the address of the database nor anybody", async () => {
    const env = { CRM_URL: server.url() };
    const told = await rollcall(["plan"], { cwd: story.folder, env });
    expect(told.code).toBe(0);
    expect(told.stdout.replace(/\s+/g, " ")).toMatch(
      /Sources crm 3 rows, 5 columns, snapshot [0-9A-F/]+; complete by the row count of the database/,
    );
    const refused = await rollcall(["plan"], { cwd: story.folder, env: { CRM_URL: "" } });
    expect(refused.code).toBe(3);
    for (const { stdout, stderr } of [told, refused])
      for (const canary of [server.password, "ann@example.com"])
        expect(stdout + stderr).not.toContain(canary);
  });
});

describe("a change that nobody has reviewed", () => {
  let thief: StoppingProxy;
  const git = (...words: string[]): string =>
    execFileSync("git", ["-c", "user.name=T", "-c", "user.email=t@example.com", ...words], {
      cwd: story.folder,
      encoding: "utf8",
      stdio: ["ignore", "pipe", "pipe"],
    });
  const change = (crm: Yaml, more: Yaml = {}): Promise<void> =>
    story.configure({ mode: "mirror" }, { sources: { crm, ...more } });
  const untrusted = async (): Promise<{ plan: Plan | undefined; told: string[] }> => {
    const result = await plan({
      cwd: story.folder,
      untrusted: {},
      emit: () => undefined,
      signal: new AbortController().signal,
    });
    return {
      plan: result.plan,
      told: result.diagnostics
        .filter(({ code }) => code !== "unused-connection")
        .map(({ code, message }) => `${code} ${/`([^`]*)`/.exec(message)?.[1]}`),
    };
  };

  beforeEach(async () => {
    await admin.query(
      "DROP TABLE IF EXISTS people; CREATE TABLE people AS SELECT 'ann@example.com' AS email",
    );
    // Whoever connects here has asked somebody else for the key.
    thief = await startStoppingProxy(server.port);
    process.env["OTHER_URL"] = server.url(thief.port);
    await change(database({ table: "people" }));
    git("init", "-q", "-b", "main");
    git("add", ".");
    git("commit", "-qm", "base");
    git("update-ref", "refs/remotes/origin/main", "HEAD");
    git("symbolic-ref", "refs/remotes/origin/HEAD", "refs/remotes/origin/main");
  });
  afterEach(async () => {
    delete process.env["OTHER_URL"];
    await thief.close();
  });

  it("decides neither which database is asked nor for what", async () => {
    await change(
      database({ query: "select pg_read_file('/etc/passwd') as email", url: { env: "OTHER_URL" } }),
    );
    const { plan: planned, told } = await untrusted();
    expect(told).toEqual(["untrusted-change sources.crm"]);
    expect(planned?.exports[0]).toMatchObject({ error: undefined, counts: { add: 1 } });
    expect(thief.connections).toBe(0);
  });

  it("brings a new database only once it is merged", async () => {
    await story.configure(
      { mode: "mirror", segments: ["all", "recent"] },
      {
        sources: {
          crm: database({ table: "people" }),
          fresh: database({ table: "people", url: { env: "OTHER_URL" } }),
        },
        segments: { all: { source: "crm" }, recent: { source: "fresh" } },
      },
    );
    const { plan: planned, told } = await untrusted();
    expect(told).toEqual(["needs-trust fresh"]);
    expect(planned?.exports[0]).toMatchObject({ awaitsTrust: true, error: { kind: "refused" } });
    expect(thief.connections).toBe(0);
  });

  it("cannot make files of what is a database", async () => {
    await story.profiles([{ email: "eve@example.com" }]);
    await change({ type: "files", path: "profiles.csv" });
    const { plan: planned, told } = await untrusted();
    expect(told).toEqual(["untrusted-change sources.crm"]);
    expect(planned?.sources).toMatchObject([{ name: "crm", type: "postgres" }]);
  });
});

describe("Chinook", () => {
  const folder = findSharedData("chinook");

  it.skipIf(folder === undefined)("has the same rows in a database as in files", async () => {
    await admin.query("DROP DATABASE IF EXISTS chinook");
    await admin.query("CREATE DATABASE chinook");
    const url = server.url().replace(/postgres$/, "chinook");
    const chinook = new pg.Client({ connectionString: url });
    await chinook.connect();
    const text = await readFile(join(folder ?? "", "chinook_postgresql.sql"), "utf8");
    await chinook.query(text.slice(text.indexOf("\\c chinook;") + "\\c chinook;".length));
    await chinook.end();
    process.env["CRM_URL"] = url;
    for (const name of ["customers", "invoices"]) {
      const csv = await readFile(join(folder ?? "", `${name}.csv`), "utf8");
      const end = csv.indexOf("\n");
      // As the database calls them.
      const header = csv.slice(0, end).replaceAll(/(?<=[a-z])(?=[A-Z])/g, "_");
      await story.write(`${name}.csv`, header.toLowerCase() + csv.slice(end));
    }
    const spenders: Yaml = {
      segments: {
        spenders: {
          sql: `select c.*, sum(i.total) as spent, max(i.invoice_date) as last_invoice
                from customers c join invoices i using (customer_id)
                where i.invoice_date >= timestamp '2022-01-01' group by all having sum(i.total) > 20`,
        },
      },
      exports: {
        weekly: story.weekly({
          segments: ["spenders"],
          attributes: {
            firstName: "first_name",
            COMPANY: { column: "company", type: "text", createMissing: true },
            ZIP: { column: "postal_code", type: "text", createMissing: true },
            SPENT: { sql: "round(spent, 2)", type: "number", createMissing: true },
            LAST: { sql: "cast(last_invoice as date)", type: "date", createMissing: true },
          },
        }),
      },
    };
    const digests: (string | undefined)[] = [];
    for (const sources of [
      { customers: database({ table: "customer" }), invoices: database({ table: "invoice" }) },
      {
        customers: { type: "files", path: "customers.csv" },
        invoices: { type: "files", path: "invoices.csv" },
      },
    ]) {
      await story.config({ sources, ...spenders });
      const { plan: planned } = await saved(story);
      expect(planned.exports[0]?.error).toBeUndefined();
      expect(planned.exports[0]?.counts.add).toBeGreaterThan(10);
      digests.push(planned.digest.rows);
    }
    expect(digests[0]).toMatch(/^[0-9a-f]{64}$/);
    expect(digests[1]).toBe(digests[0]);
  });
});

/** A plan that is kept as a file, so that it has a digest of its rows. */
async function saved(story: Story): Promise<{ plan: Plan }> {
  const told = await rollcall(["plan", "--json", "--out", "plan.json"], {
    cwd: story.folder,
    env: { CRM_URL: process.env["CRM_URL"] ?? "" },
  });
  expect(told.code).toBe(0);
  const file = JSON.parse(await story.read("plan.json")) as { plan: Plan };
  await story.write("plan.json", "");
  return file;
}
