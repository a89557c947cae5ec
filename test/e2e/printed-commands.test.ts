import { createHash, randomBytes } from "node:crypto";
import { cp, mkdir, readdir, readFile, rm } from "node:fs/promises";
import { join } from "node:path";
import { afterAll, afterEach, beforeAll, describe, expect, test } from "vitest";
import { LocalBackend } from "../../src/backends/local/local-backend.js";
import { accountLeaseName, withLease } from "../../src/state/lease.js";
import { BREVO_KEY, openProject, Project, SENDGRID_KEY, type Yaml } from "../support/project.js";
import type { HttpReceiver } from "../support/receivers/http-receiver.js";
import { webhookBody, webhookReceiver } from "../support/receivers/webhook-receiver.js";
import { remoteOf } from "../support/remote.js";
import { printedCommands, shellIn, type Shell } from "../support/printed-commands.js";

/**
 * Every command that Rollcall prints is one that its reader can paste: it is
 * about the config, the folder and the environment of the run that told it.
 * Beside that config lie others that a command with less would act on instead.
 */
const FOLDER = "lists of anna";
const CONFIG = "anna's exports.yaml";
const CALLED = `rollcall -C '${FOLDER}' --config 'anna'\\''s exports.yaml' --env staging`;

const SECRET = `whsec_${randomBytes(32).toString("base64")}`;

let base: Project;
let hook: HttpReceiver;
let own: Project;
let shell: Shell;
let before: string;
const executed: string[] = [];

const ACCOUNTS = { brevo: "brevo:sandbox-brevo", sendgrid: "sendgrid:1001" } as const;
const VENDORS = ["brevo", "sendgrid"] as const;
type Vendor = (typeof VENDORS)[number];
/** The lists of each vendor by what they are for. */
const lists = new Map<string, string>();
const listFor = (vendor: Vendor, what: string): string => lists.get(`${vendor} ${what}`) ?? "";

function mirror(vendor: Vendor, what: string): Yaml {
  return {
    connection: vendor,
    list: listFor(vendor, what),
    segments: ["all"],
    match: { email: "email" },
    mode: "mirror",
    safeguards: { maxRemovals: { count: 1 } },
  };
}

function config(what: string, more: Yaml = {}): Yaml {
  return {
    version: 1,
    connections: base.connections(),
    sources: { crm: { type: "files", path: "profiles.csv" } },
    segments: { all: { source: "crm" } },
    exports: { weekly: mirror("brevo", what), events: mirror("sendgrid", what) },
    ...more,
  };
}

beforeAll(async () => {
  hook = webhookReceiver(SECRET);
  await hook.start();
  base = await openProject();
  own = new Project(join(base.folder, FOLDER), base.sandbox, base.exchanges);
  await mkdir(join(own.folder, "lists"), { recursive: true });
  await own.write("brevo.key", BREVO_KEY);
  await own.write("sendgrid.key", SENDGRID_KEY);
  await own.write("webhook.key", SECRET);
  await own.write("forget.key", "22".repeat(32));
  await people(20);
  for (const vendor of VENDORS)
    for (const what of ["own", "production", "decoy"])
      lists.set(`${vendor} ${what}`, await remoteOf(base, vendor).addList(what));
  // What a command would act on that says less.
  await base.profiles([{ email: "decoy@example.com" }]);
  await base.config(config("decoy"));
  await own.config(config("decoy"));
  await configured();
  const bin = join(base.folder, "bin");
  await mkdir(bin);
  shell = await shellIn(base.folder, bin);
  const done = await shell.run(`${CALLED.replace("staging", "production")} apply --auto-approve`);
  expect(done.code, done.text).toBe(0);
  before = await others();
}, 120_000);
afterAll(async () => {
  await base.stop();
  await hook.stop();
});

async function configured(more: Yaml = {}): Promise<void> {
  const production = {
    exports: {
      weekly: { list: listFor("brevo", "production") },
      events: { list: listFor("sendgrid", "production") },
    },
  };
  const whole = config("own", {
    environments: { production, staging: {} },
    forget: { key: { file: "forget.key" } },
    notifiers: {
      audit: { type: "webhook", url: `${hook.url}/hook`, signingSecret: { file: "webhook.key" } },
    },
    ...more,
  });
  await own.write(CONFIG, JSON.stringify(whole, undefined, 2));
}

function people(count: number): Promise<void> {
  return own.profiles(Array.from({ length: count }, (_, n) => ({ email: `p${n}@example.com` })));
}

/** All that belongs to the other environment and to the other configs. */
async function others(): Promise<string> {
  const hash = createHash("sha256");
  for (const place of [".rollcall", join(FOLDER, ".rollcall")])
    for (const file of await readdir(join(base.folder, place), {
      recursive: true,
      withFileTypes: true,
    }).catch(() => [])) {
      const path = join(file.parentPath, file.name);
      if (!file.isFile() || path.includes("staging")) continue;
      hash.update(path).update(await readFile(path));
    }
  for (const vendor of VENDORS)
    for (const what of ["production", "decoy"])
      hash.update(
        JSON.stringify([...(await remoteOf(base, vendor).members(listFor(vendor, what))).keys()].sort()),
      );
  return hash.digest("hex");
}

/** What stands for the words in capitals. */
const FILLED: Readonly<Record<string, string>> = {
  EXPORT: "weekly",
  FOLDER: "copy",
  FILE: "file.json",
  PLAN: "plan.json",
};

/** Runs a command as a story would, and then everything that it tells. */
async function story(words: string, files: readonly string[] = []): Promise<string> {
  const { text } = await shell.run(`${CALLED} ${words}`);
  const written = await Promise.all(files.map((file) => own.read(file)));
  await executeAll([text, ...written].join("\n"));
  return text;
}

async function executeAll(text: string): Promise<void> {
  for (const printed of printedCommands(text)) {
    const line = printed
      .replace("pull FOLDER", "pull 'another copy'")
      .replaceAll(/\b[A-Z]{4,}\b/g, (word) => FILLED[word] ?? word);
    if (executed.includes(line)) continue;
    executed.push(line);
    expect(line).toContain(CALLED);
    await execute(line);
  }
}

async function execute(line: string): Promise<void> {
  let done = await shell.run(line);
  // Whoever pastes it has a terminal and can answer; what it tells instead is executed as well.
  if (/There is no terminal to ask/.test(done.text)) {
    await executeAll(done.text);
    const answered = `${line} --auto-approve`;
    if (executed.includes(answered)) return;
    executed.push(answered);
    done = await shell.run(answered);
  }
  if (done.code === 3) throw new Error(`${line} is refused:\n${done.text}`);
  await executeAll(done.text);
}

/** Runs what takes a lock while somebody else holds it, and releases that as it is told. */
async function whileLocked(key: string, words: string): Promise<void> {
  const backend = new LocalBackend(join(own.folder, ".rollcall/staging"));
  const subject = { account: key, label: key, connections: [] };
  const info = { operation: "apply", environment: "staging", who: "ben on host", pid: process.pid, subject };
  const { signal } = new AbortController();
  await withLease(
    backend,
    accountLeaseName(key),
    info,
    async ({ id }) => {
      const { text } = await shell.run(`${CALLED} ${words}`);
      const [line] = printedCommands(text).filter((one) => one.includes("lock release"));
      expect([words, line]).toEqual([words, `${CALLED} lock release ${id}`]);
      executed.push(`${line}`);
      const { code, text: answer } = await shell.run(`${line} --auto-approve`);
      expect([words, code, answer]).toEqual([words, 0, answer]);
    },
    { signal },
  );
}

const LOCKING: readonly (readonly [words: string, key: string])[] = [
  ["apply --target weekly --auto-approve", ACCOUNTS.brevo],
  ["apply --target events --auto-approve", ACCOUNTS.sendgrid],
  ["adopt weekly --auto-approve", ACCOUNTS.brevo],
  ["drift --record", ACCOUNTS.sendgrid],
  ["forget someone@example.com --auto-approve", ACCOUNTS.brevo],
  ["state mv weekly monthly --auto-approve", ACCOUNTS.brevo],
  ["state rm events --auto-approve", ACCOUNTS.sendgrid],
  ["state gc", ACCOUNTS.brevo],
  ["state rekey", ACCOUNTS.sendgrid],
  ["state push copy", ACCOUNTS.brevo],
  [`state abandon ${ACCOUNTS.sendgrid} --auto-approve`, ACCOUNTS.sendgrid],
];

describe("every command that is printed can be pasted", { timeout: 300_000 }, () => {
  afterEach(async () => expect(await others()).toBe(before));

  test("before anything was applied", async () => {
    await story("state list");
    await story("plan --out plan.json --markdown comment.md --html page.html", ["comment.md", "page.html"]);
    await story("apply");
    await story("apply --auto-approve");
  });

  test("when somebody holds the lock of an account, whatever the command", async () => {
    await own.write("state.key", "33".repeat(32));
    await story("state rekey");
    await configured({ state: { encryption: { key: { file: "state.key" } } } });
    await story("state pull copy");
    for (const [words, key] of LOCKING) await whileLocked(key, words);
    // Or the next run waits a minute for the request that this somebody may have under way.
    await rm(join(own.folder, ".rollcall/staging/leases"), { recursive: true });
    const locked = await shell.run(`${CALLED} lock release nobody`);
    await executeAll(locked.text);
  });

  test("when checks fail: in the plan, its comment and its page, and when apply is refused", async () => {
    await people(5);
    const plan = "plan --out plan.json --markdown comment.md --html page.html --json-into events.ndjson";
    await story(`${plan} --override events:max-removals`, ["comment.md", "page.html", "events.ndjson"]);
    await people(1);
    await story("apply --target weekly --auto-approve --json");
    await story("show plan.json");
  });

  test("when others changed a list, and when records are looked at and changed", async () => {
    await remoteOf(base, "brevo").addStranger("stranger@example.com", [listFor("brevo", "own")]);
    await story("drift");
    await story("adopt weekly");
    await story("state mv weekly events --auto-approve");
    await story("state show nobody");
    await story("state push lists");
    await story("apply --removals-only --due");
  });

  test("when somebody is forgotten while a run is not recorded yet", async () => {
    await cp(join(own.folder, "copy"), join(own.folder, "rollcall-errored-20261130T000000Z"), {
      recursive: true,
    });
    await story("forget someone@example.com --auto-approve");
    await rm(join(own.folder, "rollcall-errored-20261130T000000Z"), { recursive: true });
    await story("apply nothing.json");
    await story("connections test");
  });

  test("in the notices of all these runs", async () => {
    const changes = hook.taken.flatMap((taken) => webhookBody(taken).data.changes);
    const told = changes.map(({ message, hint }) => `${message}\n${hint ?? ""}`).join("\n");
    expect(printedCommands(told)).not.toEqual([]);
    for (const command of printedCommands(told)) expect(command).toMatch(/^rollcall -C /);
    await executeAll(told.replaceAll(CALLED.replace("staging", "production"), CALLED));
  });

  test("in the environment of the run, and many were printed", async ({ annotate }) => {
    await annotate(`${executed.length} printed commands were executed`);
    expect(executed.length).toBeGreaterThan(30);
    expect(executed.filter((line) => !line.startsWith(CALLED))).toEqual([]);
  });
});
