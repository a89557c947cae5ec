import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { brevo } from "../../src/destinations/brevo/index.js";
import { sendgrid } from "../../src/destinations/sendgrid/index.js";
import { Failure } from "../../src/model/failure.js";
import { Secret } from "../../src/platform/secrets/secret.js";
import type { Binding } from "../../src/plugin/codec.js";
import type { Destination, WriteBatch } from "../../src/plugin/destination.js";
import { startSandbox, type Sandbox } from "../../src/sandbox/index.js";
import {
  CONTRACTS,
  endpointOf,
  mutationsOf,
  type Mutation,
  type Vendor,
} from "../support/answer-mutations.js";
import { startAnswerProxy, unchanged, type AnswerProxy } from "../support/answer-proxy.js";
import { FULL } from "../support/full.js";
import { seeded } from "../support/seeded-sample.js";
import { rowsOf } from "../support/sql.js";
import { CONNECTION } from "../unit/destinations/sendgrid/attributes.js";

const KEY = "canary-key";
const signal = new AbortController().signal;
const OUT = "canary-out@example.com";
const IN = "canary-in@example.com";
/** Whom the writes are about, on a list of theirs, so that reads go on to say the same. */
const OTHER = "canary-other@example.com";
/** How many of all mutations `npm test` tries at each vendor. */
const SAMPLE = 75;

/** What a destination does, and what of its result must never be wrong. */
interface Operation {
  readonly name: string;
  readonly write?: true;
  run(on: Account): Promise<unknown>;
}

interface Account {
  readonly vendor: Vendor;
  readonly destination: Destination;
  readonly list: string;
  /** Where writes go. */
  readonly other: string;
  /** A job that refused somebody. */
  readonly job: string;
  /** New each time. */
  fresh(): string;
}

const sorted = async (relation: { readonly sql: string }, columns: string) =>
  rowsOf({ sql: `SELECT DISTINCT ${columns} FROM (${relation.sql}) ORDER BY ALL` });

const READS: readonly Operation[] = [
  { name: "account", run: async ({ destination }) => (await destination.account(signal)).id },
  { name: "lists", run: async ({ destination }) => (await destination.lists(signal)).length > 0 },
  { name: "list", run: async ({ destination, list }) => (await destination.list(list, signal))?.id },
  { name: "fields", run: async ({ destination }) => (await destination.fields(signal)).length > -1 },
  { name: "contactCount", run: async ({ destination }) => (await destination.contactCount(signal))! > 0 },
  {
    name: "members",
    run: async ({ destination, list }) =>
      sorted(await destination.members(list, { attributes: true }, signal), "email, opted_out"),
  },
  {
    name: "lookup",
    run: async ({ destination, list }) =>
      sorted(await destination.lookup(list, [IN, OUT], signal), "email, on_list, opted_out"),
  },
  {
    name: "contacts",
    run: async ({ destination }) =>
      (await destination.contacts([IN, OUT], signal))
        .map(({ email, lists, blocklisted }) => ({ email, lists, blocklisted }))
        .toSorted((a, b) => (a.email < b.email ? -1 : 1)),
  },
  {
    name: "optOuts",
    run: async ({ destination, list }) =>
      sorted(
        (await destination.optOuts({ since: undefined, lists: [list] }, signal)).optedOut,
        "email, list_id",
      ),
  },
  {
    name: "stillOptedOut",
    // That somebody is not there is an answer as well; nobody else than asked for ever is.
    run: async ({ destination }) => {
      const whole = (await destination.optOuts({ since: undefined, lists: [] }, signal)).whole;
      const still: string[] = [];
      for (const place of whole)
        still.push(...((await destination.stillOptedOut?.(place, [IN, OUT], signal)) ?? []));
      return still.every((address) => address === OUT);
    },
  },
  {
    name: "jobs",
    run: async ({ destination, job }) => (await destination.jobs([job], signal)).map(({ state }) => state),
  },
  {
    name: "rejects",
    run: async ({ destination, job }) => sorted(await destination.rejects(job, signal), "email"),
  },
  { name: "idle", run: ({ destination }) => destination.idle(signal) },
];

const WRITES: readonly Operation[] = [
  {
    name: "createList",
    write: true,
    run: async ({ destination, fresh }) =>
      (await destination.createList({ name: `list ${fresh()}`, folder: undefined }, signal)).id !== "",
  },
  {
    name: "createField",
    write: true,
    run: async ({ destination, fresh }) => {
      const name = `F${fresh()}`;
      const field = {
        id: name,
        name,
        type: "text",
        writable: true,
        choices: [],
        maxLength: undefined,
      } as const;
      await destination.createField({ field } as unknown as Binding, signal);
    },
  },
  {
    name: "add",
    write: true,
    run: (on) => on.destination.write(added(on), signal).then(({ status }) => status),
  },
  {
    name: "update",
    write: true,
    run: async ({ destination, other, vendor }) => {
      const body =
        vendor === "brevo"
          ? `${JSON.stringify({ email: OTHER, attributes: {} })}\n`
          : JSON.stringify({ contacts: [{ email: OTHER }] });
      const batch: WriteBatch = { operation: "update", route: "single", listId: other, body, rows: 1 };
      return (await destination.write(batch, signal)).status;
    },
  },
  {
    name: "remove",
    write: true,
    run: async ({ destination, other, vendor }) => {
      const body =
        vendor === "brevo"
          ? JSON.stringify({ emails: ["canary-gone@example.com", OTHER] })
          : "11111111-1111-4111-8111-111111111111";
      const batch: WriteBatch = { operation: "remove", route: "remove", listId: other, body, rows: 2 };
      const before = await destination.lookup(other, [OTHER], signal);
      expect(await rowsOf(before)).toHaveLength(1);
      return (await destination.write(batch, signal)).status;
    },
  },
  {
    name: "withdraw",
    write: true,
    run: async ({ destination, other }) => {
      const [contact] = await destination.contacts([OTHER], signal);
      expect(contact).toBeDefined();
      await destination.withdraw(
        [{ ...contact!, lists: [other], filled: ["FIRSTNAME", "first_name"] }],
        ["FIRSTNAME", "first_name"],
        signal,
      );
    },
  },
  {
    name: "deleteContacts",
    write: true,
    run: ({ destination }) =>
      destination.deleteContacts(
        [
          {
            email: "canary-gone@example.com",
            id: "22222222-2222-4222-8222-222222222222",
            lists: [],
            filled: [],
            fixed: [],
            blocklisted: undefined,
          },
        ],
        signal,
      ),
  },
];

function added({ other, vendor, fresh }: Account): WriteBatch {
  const email = `canary-${fresh()}@example.com`;
  const body =
    vendor === "brevo"
      ? JSON.stringify({
          listIds: [Number(other)],
          updateExistingContacts: true,
          emptyContactsAttributes: false,
          disableNotification: true,
          jsonBody: [{ email, attributes: {} }],
        })
      : JSON.stringify({ list_ids: [other], contacts: [{ email }] });
  return { operation: "add", route: vendor === "brevo" ? "import" : "add", listId: other, body, rows: 1 };
}

/** Changes that give an answer which is as good as any, so that nobody can tell. */
const UNTELLABLE: Readonly<Record<Vendor, readonly (readonly [RegExp, RegExp, string])[]>> = {
  brevo: [
    [
      /^GET \/contacts(\/\{email\}|\/lists\/\{id\}\/contacts)?$/,
      /listUnsubscribed(\.\*)? (removed|null|empty)$/,
      "nobody unsubscribed",
    ],
    [/^GET \/contacts/, /listIds(\.\*)? (removed|empty)$/, "on no list"],
    [/^GET \/processes$/, /processes(\.\*)? (removed|empty)$/, "nothing was started lately"],
    [
      /^GET \/processes/,
      /info(\.import)?(\.\*)? (removed|null|empty|as an object)$/,
      "nobody was refused; what was written is read back",
    ],
  ],
  sendgrid: [
    [/suppress/, /^(\* removed|\[\]|empty)$/, "nobody is suppressed"],
    [/search/, /list_ids(\.\*)? (removed|empty)$/, "on no list"],
    [/imports/, /results.*(removed|null|empty|object)$/, "without a report all of the job failed"],
  ],
};

describe.each(["brevo", "sendgrid"] as const)("%s", (vendor) => {
  let sandbox: Sandbox;
  let proxy: AnswerProxy;
  let scratch: string;
  let account: Account;
  const used = new Map<Operation, Set<string>>();
  const right = new Map<Operation, unknown>();

  beforeAll(async () => {
    scratch = await mkdtemp(join(tmpdir(), "rollcall-mutated-"));
    sandbox = await startSandbox({
      accounts: [{ vendor, key: KEY, refuses: [] }],
      limits: "none",
      delays: "none",
    });
    proxy = await startAnswerProxy(sandbox.url);
    let number = 0;
    account = {
      vendor,
      get destination() {
        const baseUrl = { brevo: sandbox.brevoUrl, sendgrid: sandbox.sendgridUrl }[vendor].replace(
          sandbox.url,
          proxy.url,
        );
        return { brevo, sendgrid }[vendor].open({
          connection: {
            ...CONNECTION,
            type: vendor,
            baseUrl,
            options: { rateLimits: "none", unsubscribeGroups: group },
          },
          apiKey: new Secret(KEY),
          folder: scratch,
          scratch,
          spent: {},
        });
      },
      list: "",
      other: "",
      job: "",
      fresh: () => String((number += 1)),
    };
    const group = vendor === "sendgrid" ? [sandbox.sendgrid().addGroup("news").id] : [];
    const { list, other } = vendor === "brevo" ? prepareBrevo(sandbox) : prepareSendgrid(sandbox, group[0]!);
    account = Object.defineProperties(account, { list: { value: list }, other: { value: other } });
    const job = await refusedJob(account, sandbox);
    await sandbox.settle();
    account = Object.defineProperties(account, { job: { value: job } });
    for (const operation of [...READS, ...WRITES]) {
      proxy.passed.length = 0;
      right.set(operation, await operation.run(account));
      await sandbox.settle();
      const endpoints = proxy.passed.map(
        ({ method, path }) => endpointOf(vendor, method, bare(path)) ?? "a file",
      );
      used.set(operation, new Set(endpoints));
    }
  }, 60_000);
  afterAll(async () => {
    await proxy.close();
    await sandbox.stop();
    await rm(scratch, { recursive: true });
  });

  const bare = (path: string): string =>
    vendor === "brevo"
      ? path.replace(new URL(sandbox.brevoUrl).pathname, "")
      : path.replace(new URL(sandbox.sendgridUrl).pathname.replace(/\/$/, ""), "");

  it("every endpoint that the contract names is used", () => {
    const { endpoints, deletions } = CONTRACTS[vendor];
    const all = new Set([...used.values()].flatMap((some) => [...some]));
    expect(Object.keys({ ...endpoints, ...deletions }).filter((endpoint) => !all.has(endpoint))).toEqual([]);
  });

  it(
    "an answer of another shape is neither believed nor quoted, and breaks nothing",
    { timeout: 600_000 },
    async () => {
      const mutations = mutationsOf(vendor);
      const chosen = FULL ? mutations : seeded(mutations, SAMPLE);
      const wrong: string[] = [];
      let tries = 0;
      let refused = 0;
      for (const mutation of chosen) {
        for (const operation of [...READS, ...WRITES]) {
          if (used.get(operation)?.has(mutation.endpoint) !== true) continue;
          const outcome = await tried(mutation, operation);
          if (outcome === undefined) continue;
          tries += 1;
          if (outcome === "refused") refused += 1;
          else if (outcome !== "right")
            wrong.push(`${mutation.endpoint}: ${mutation.name}, ${operation.name}: ${outcome}`);
        }
      }
      process.stdout.write(
        `${vendor}: ${tries} tries with ${chosen.length} of ${mutations.length} mutations, ${refused} refused\n`,
      );
      expect(wrong).toEqual([]);
      expect(refused).toBeGreaterThan(chosen.length / 3);
    },
  );

  /** Undefined when no answer was changed. */
  async function tried(mutation: Mutation, operation: Operation): Promise<string | undefined> {
    let changes = 0;
    proxy.change = ({ method, path }, answer) => {
      if (answer.status >= 300 || endpointOf(vendor, method, bare(path)) !== mutation.endpoint) return answer;
      const told = mutation.change(answer);
      if (told.status !== answer.status || !told.body.equals(answer.body)) changes += 1;
      return told;
    };
    const result = await operation.run(account).then(
      (value) => ({ value }),
      (error: unknown) => ({ error }),
    );
    proxy.change = unchanged;
    await sandbox.settle();
    if (changes === 0) return undefined;
    if ("value" in result) {
      if (JSON.stringify(result.value) === JSON.stringify(right.get(operation))) return "right";
      const untellable = UNTELLABLE[vendor].some(
        ([endpoint, name]) => endpoint.test(mutation.endpoint) && name.test(mutation.name),
      );
      return untellable ? "right" : `believed ${JSON.stringify(result.value).slice(0, 200)}`;
    }
    const { error } = result;
    if (!(error instanceof Failure)) return `broke with ${String(error)}`;
    const said = `${error.message} ${error.hint}`;
    if (/canary/.test(said)) return `told a value: ${said}`;
    const names = operation.name === "rejects" || said.includes(mutation.endpoint.split(/\/?\{/)[0]!);
    if (!names) return `does not name the request: ${said}`;
    if (/^GET|search|exports/.test(mutation.endpoint) || operation.write !== true) return "refused";
    return error.kind === "unknown-outcome" ? "refused" : `is ${error.kind}: ${said}`;
  }
});

/** A job that ends with somebody refused. */
async function refusedJob({ destination, vendor, other }: Account, sandbox: Sandbox): Promise<string> {
  const refused =
    vendor === "brevo"
      ? {
          listIds: [Number(other)],
          updateExistingContacts: true,
          emptyContactsAttributes: false,
          disableNotification: true,
          // Alone it would be refused at once.
          jsonBody: [
            { email: "canary@nodot", attributes: {} },
            { email: "canary-valid@example.com", attributes: {} },
          ],
        }
      : {
          list_ids: [other],
          contacts: [
            {
              email: "canary-odd@example.com",
              custom_fields: { [sandbox.sendgrid().addField("Odd", "Number")]: "x" },
            },
          ],
        };
  const batch = {
    operation: "add",
    route: vendor === "brevo" ? "import" : "add",
    listId: other,
    body: JSON.stringify(refused),
    rows: 1,
  } as const;
  const result = await destination.write(batch, signal);
  if (result.status !== "accepted") throw new Error(JSON.stringify(result));
  return result.job;
}

function prepareBrevo(sandbox: Sandbox): { list: string; other: string } {
  const state = sandbox.brevo();
  const list = state.addList("people");
  state.addContact(IN, { lists: [list], attributes: { FIRSTNAME: "Canary" } });
  state.addContact(OUT, { lists: [list] });
  state.blocklist(OUT);
  state.addContact("canary-left@example.com", { lists: [list] });
  state.unsubscribe("canary-left@example.com", list);
  state.addAttribute({ name: "TIER", category: "category", enumeration: [{ value: 1, label: "gold" }] });
  const other = state.addList("other");
  state.addContact(OTHER, { lists: [other] });
  return { list: String(list), other: String(other) };
}

function prepareSendgrid(sandbox: Sandbox, group: number): { list: string; other: string } {
  const state = sandbox.sendgrid();
  const list = state.addList("people");
  state.addField("Score", "Number");
  state.addContact({ email: IN, first_name: "Canary" }, [list]);
  state.addContact({ email: OUT }, [list]);
  state.unsubscribe(OUT);
  state.bounce("canary-bounced@example.com");
  state.reportSpam("canary-spam@example.com");
  state.unsubscribeFromGroup("canary-group@example.com", group);
  const other = state.addList("other");
  state.addContact({ email: OTHER }, [other]);
  return { list, other };
}
