import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { pageModules } from "../support/page-modules.js";
import { Crm, type Customer } from "../support/receivers/crm.js";
import { HttpReceiver } from "../support/receivers/http-receiver.js";
import { rollcall, type Ended } from "../support/rollcall.js";

const KEY = "canary-crm-key";
const PATH = "/canary-room-key";

let cwd: string;
let crm: Crm;
let chat: HttpReceiver;
let env: Readonly<Record<string, string>>;

const customer = (name: string, country = "DE"): Customer => ({
  email: `${name}@example.com`,
  name,
  country,
});
const run = (...words: string[]): Promise<Ended> => rollcall(words, { cwd, env });

beforeEach(async () => {
  crm = new Crm(KEY);
  await crm.start();
  crm.customers = [customer("ana"), customer("ben"), customer("cleo", "FR")];
  chat = new HttpReceiver(({ path }) => ({ status: path === PATH ? 200 : 403 }));
  await chat.start();
  cwd = await mkdtemp(join(tmpdir(), "rollcall-own-"));
  for (const [name, text] of Object.entries(await pageModules()))
    await writeFile(join(cwd, name), text.replace("http://127.0.0.1:8030", crm.url));
  await writeFile(join(cwd, "package.json"), '{"type": "module"}\n');
  env = { CRM_KEY: KEY, CHAT_URL: `${chat.url}${PATH}` };
});
afterEach(async () => {
  await crm.stop();
  await chat.stop();
  await rm(cwd, { recursive: true });
});

const edit = async (change: (text: string) => string): Promise<void> => {
  const path = join(cwd, "exports.config.yaml");
  await writeFile(path, change(await readFile(path, "utf8")));
};

test("the source and the notifier of the page are planned, applied and told of as those are that come along", async () => {
  expect((await rollcall(["validate"], { cwd })).code).toBe(0);
  const plan = await run("plan", "--detailed-exitcode");
  expect(plan.code, plan.stderr).toBe(2);
  const apply = await run("apply", "--auto-approve");
  expect(apply.code, apply.stderr).toBe(0);
  expect(apply.stdout).toContain("2 added, 0 changed, 0 removed.");
  expect(await readFile(join(cwd, "lists/germans.csv"), "utf8")).toContain("ben@example.com");
  const again = await run("plan", "--detailed-exitcode");
  expect(again.code, again.stderr).toBe(0);

  crm.shown = 1;
  const cut = await run("apply", "--auto-approve");
  expect(cut.code).not.toBe(0);
  expect(cut.stdout + cut.stderr).toContain("The CRM has 3 customers, and 1 arrived.");
  expect(await readFile(join(cwd, "lists/germans.csv"), "utf8")).toContain("ben@example.com");
  expect(chat.taken.map(({ body }) => JSON.parse(body) as object)).toEqual([
    {
      id: expect.any(String) as unknown,
      room: "lists",
      text: expect.stringContaining("weekly failed") as unknown,
    },
  ]);
  for (const { stdout, stderr } of [plan, apply, again, cut])
    expect(stdout + stderr).not.toMatch(/canary|(?:ana|ben|cleo)@/u);
});

test("two sources of one type are read apart", async () => {
  await edit((text) =>
    text
      .replace(
        "notifiers:",
        `  others: { type: acme-crm, url: "${crm.url}", key: { env: CRM_KEY } }\nnotifiers:`,
      )
      .replace(
        /germans: \{ source.*/u,
        "germans: { sql: select * from customers union all select * from others }",
      ),
  );
  const plan = await run("plan", "--detailed-exitcode");
  expect(plan.code, plan.stderr + plan.stdout).toBe(2);
});

test("an option of an own source is part of what an export is, and its secret is not", async () => {
  await run("apply", "--auto-approve");
  await edit((text) => text.replace("{ env: CRM_KEY }", "{ env: OTHER_KEY }"));
  env = { ...env, OTHER_KEY: KEY };
  const other = await run("plan");
  expect(other.stdout).not.toContain("OTHER_KEY");
  expect(other.stdout).toContain("No changes.");
  await edit((text) => text.replace(crm.url, `${crm.url}/`));
  expect((await run("plan")).stdout).toContain(`${crm.url}/`);
});

test("a literal in the place of an own source's secret is refused and never shown, and so is what may be one", async () => {
  await edit((text) =>
    text.replace("{ env: CRM_KEY }", "canary-pasted").replace("url:", "dsn: canary-dsn, url:"),
  );
  const said = await run("validate");
  expect(said.code).toBe(3);
  expect(said.stdout + said.stderr).toContain("`sources.customers.key`");
  expect(said.stdout + said.stderr).not.toContain("canary");
});

test("a file with a key of an own source is not data", async () => {
  await writeFile(join(cwd, "crm.key"), KEY);
  await edit((text) =>
    text
      .replace("{ env: CRM_KEY }", "{ file: crm.key }")
      .replace("notifiers:", "  stray: { type: files, path: crm.key, format: csv }\nnotifiers:")
      .replace("source: customers", "source: stray"),
  );
  const plan = await run("plan");
  expect(plan.stdout + plan.stderr).toContain("reads a file that the config takes a key from");
  expect(plan.stdout + plan.stderr).not.toContain("canary");
});

test("a mistake in a module is called one, and what it says is not repeated", async () => {
  await writeFile(
    join(cwd, "my-crm.js"),
    (await readFile(join(cwd, "my-crm.js"), "utf8")).replace('scratch("customers")', 'undefined["canary"]'),
  );
  const plan = await run("plan");
  expect(plan.stdout + plan.stderr).toContain('Source "customers": its plug-in has a mistake (TypeError).');
  expect(plan.stdout + plan.stderr).not.toContain("canary");
});

test("validate asks a source of one's own for nothing, and be it without secrets", async () => {
  const read = join(cwd, "was-read");
  await writeFile(
    join(cwd, "my-crm.js"),
    `import { writeFileSync } from "node:fs";
export const manifest = { contract: 1, kind: "source", type: "acme-crm", description: "Customers." };
export function load() {
  writeFileSync(${JSON.stringify(read)}, "");
  return { open: () => ({}) };
}
`,
  );
  await edit((text) => text.replace(/type: acme-crm,.*\}/u, "type: acme-crm }"));
  const said = await run("validate");
  expect(said.code, said.stdout + said.stderr).toBe(0);
  await expect(readFile(read)).rejects.toThrow("ENOENT");
  const plan = await run("plan");
  expect(plan.stdout + plan.stderr).toContain("has no function `columnNames`");
});
