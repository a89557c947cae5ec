import { readdir, stat } from "node:fs/promises";
import { join } from "node:path";
import { expect } from "vitest";
import { Failure } from "../../src/model/failure.js";
import { rowsOf } from "../support/sql.js";
import { bindings, deliver, signal } from "./delivery.js";
import type { ConformanceCase, Harness } from "./harness.js";

const ANNA = "anna@example.com";
const BOB = "bob@example.com";

async function kindOf(promise: Promise<unknown>): Promise<string> {
  return promise.then(
    (value) => `answered ${JSON.stringify(value)}`,
    (error: unknown) => (error instanceof Failure ? error.kind : `crash: ${String(error)}`),
  );
}

async function emails(relation: { readonly sql: string }): Promise<string[]> {
  return (await rowsOf(relation)).map(({ email }) => String(email)).sort();
}

export const READ_CASES: readonly ConformanceCase[] = [
  {
    name: "the harness has everything its destination needs",
    async run(harness) {
      expect(harness.remote !== undefined).toBe(harness.connection.kind.isService);
      expect(harness.attributes.length).toBeGreaterThan(0);
      for (const { before, after } of harness.attributes) expect(before).not.toBe(after);
      expect(harness.manyMembers).toBeGreaterThan(0);
      for (const [name, part] of Object.entries(harness.remote ?? {})) expect(part, name).toBeDefined();
    },
  },
  {
    name: "the account has an identity and lacks nothing",
    async run(harness) {
      const first = await harness.open().account(signal);
      expect(first.id).not.toBe("");
      expect(first.missingPermissions).toEqual([]);
      expect(await harness.open().account(signal)).toEqual(first);
    },
  },
  {
    name: "lists are found by id and among all",
    async run(harness) {
      const list = await harness.addList("Customers");
      const other = await harness.addList("Other");
      const destination = harness.open();
      const all = await destination.lists(signal);
      expect(all.map(({ id }) => id)).toEqual(expect.arrayContaining([list, other]));
      expect(await destination.list(list, signal)).toMatchObject({ id: list });
    },
  },
  {
    name: "an absent list is undefined",
    async run(harness) {
      expect(await harness.open().list(harness.absentList, signal)).toBeUndefined();
    },
  },
  {
    name: "bad credentials are a failure, never an absent list",
    only: "remote",
    async run(harness) {
      const list = await harness.addList("Customers");
      const stranger = harness.open("wrong-key");
      expect(await kindOf(stranger.list(list, signal))).toBe("auth");
      expect(await kindOf(stranger.account(signal))).toBe("auth");
      expect(await kindOf(stranger.members(list, { attributes: false }, signal))).toBe("auth");
      expect(await kindOf(stranger.optOuts({ since: undefined, lists: [list] }, signal))).toBe("auth");
    },
  },
  {
    name: "a web server's own 404 page is a failure, never an absent list",
    only: "remote",
    async run(harness) {
      const list = await harness.addList("Customers");
      harness.remote!.hideBehindPage();
      expect(await kindOf(harness.open().list(list, signal))).toBe("permanent");
    },
  },
  {
    name: "a created list is there",
    async run(harness) {
      const destination = harness.open();
      const made = await destination
        .createList({ name: "Fresh", folder: undefined }, signal)
        .catch((error: unknown) => {
          // Where lists live in folders, one has to be named.
          expect(error).toMatchObject({ kind: "invalid" });
          return undefined;
        });
      if (made === undefined) return;
      expect(made.name).toBe("Fresh");
      expect(await destination.list(made.id, signal)).toMatchObject({ id: made.id });
      expect(await emails(await destination.members(made.id, { attributes: true }, signal))).toEqual([]);
    },
  },
  {
    name: "a created field can be bound",
    only: "remote",
    async run(harness) {
      const destination = harness.open();
      const mapping = {
        ...harness.attributes[0]!.mapping,
        name: "ROLLCALL_NEW",
        type: "number",
        createMissing: true,
      } as const;
      const missing = harness.plugin.bind([mapping], await destination.fields(signal));
      expect(missing.bindings).toMatchObject([{ create: true, type: "number" }]);
      await destination.createField(missing.bindings[0]!, signal);
      const there = harness.plugin.bind(
        [{ ...mapping, createMissing: false }],
        await destination.fields(signal),
      );
      expect(there.problems).toEqual([]);
      expect(there.bindings).toMatchObject([{ create: false, type: "number" }]);
    },
  },
  {
    name: "an unknown attribute is a problem before anything is sent",
    async run(harness) {
      if (!harness.connection.kind.isService) return;
      const mapping = { ...harness.attributes[0]!.mapping, name: "NOBODY_HAS_THIS", createMissing: false };
      const { bindings: bound, problems } = harness.plugin.bind(
        [mapping],
        await harness.open().fields(signal),
      );
      expect(bound).toEqual([]);
      expect(problems).toMatchObject([{ attribute: "NOBODY_HAS_THIS" }]);
    },
  },
  {
    name: "members are read past the first page",
    async run(harness) {
      const list = await harness.addList("Customers");
      const everyone = Array.from({ length: harness.manyMembers }, (_, index) => `p${index}@example.com`);
      await harness.addStrangers(list, everyone);
      for (const attributes of [false, true]) {
        const read = await emails(await harness.open().members(list, { attributes }, signal));
        expect(read).toEqual([...everyone].sort());
      }
    },
  },
  {
    name: "members and looked-up people have the agreed columns",
    async run(harness) {
      const list = await harness.addList("Customers");
      await harness.addStrangers(list, [ANNA]);
      const destination = harness.open();
      for (const relation of [
        await destination.members(list, { attributes: true }, signal),
        await destination.lookup(list, [ANNA], signal),
      ]) {
        const [row] = await rowsOf(relation);
        expect(Object.keys(row!).slice(0, 5)).toEqual([
          "email",
          "contact_id",
          "on_list",
          "opted_out",
          "observed",
        ]);
        expect(row).toMatchObject({ email: ANNA, on_list: true, opted_out: null });
        expect(typeof JSON.parse(String(row!["observed"]))).toBe("object");
      }
    },
  },
  {
    name: "a lookup tells members, others and nobody apart",
    async run(harness) {
      const list = await harness.addList("Customers");
      const other = await harness.addList("Other");
      await harness.addStrangers(list, [ANNA]);
      if (harness.remote !== undefined) await harness.addStrangers(other, [BOB]);
      const asked = [ANNA, BOB, ...Array.from({ length: 250 }, (_, index) => `nobody${index}@example.com`)];
      const found = await rowsOf(await harness.open().lookup(list, asked, signal));
      const told = Object.fromEntries(found.map(({ email, on_list }) => [email, on_list]));
      expect(told).toEqual(harness.remote === undefined ? { [ANNA]: true } : { [ANNA]: true, [BOB]: false });
      expect(await rowsOf(await harness.open().lookup(list, ["nobody@example.com"], signal))).toEqual([]);
      expect(await rowsOf(await harness.open().lookup(list, [], signal))).toEqual([]);
    },
  },
  {
    name: "who opted out is known",
    only: "remote",
    async run(harness) {
      const list = await harness.addList("Customers");
      await harness.addStrangers(list, [ANNA, BOB]);
      await harness.remote!.optOut(BOB);
      const read = await harness.open().optOuts({ since: undefined, lists: [list] }, signal);
      const rows = await rowsOf(read.optedOut);
      expect(rows.map(({ email }) => email)).toEqual([BOB]);
      expect(Object.keys(rows[0]!)).toEqual(["email", "list_id", "reason"]);
      // Where nobody was seen, what is not named any more has to be told from what was not read.
      if (read.seen === undefined) expect(read.whole).not.toEqual([]);
      else expect(Object.keys((await rowsOf(read.seen))[0]!)).toEqual(["email", "list_ids"]);
      expect(read.watermark).not.toBe("");
    },
  },
  {
    name: "a read that fails once is tried again",
    only: "remote",
    async run(harness) {
      const list = await harness.addList("Customers");
      harness.remote!.failNextRead();
      expect(await harness.open().list(list, signal)).toMatchObject({ id: list });
    },
  },
  {
    name: "an abort ends a read",
    async run(harness) {
      const list = await harness.addList("Customers");
      harness.remote?.slowReads();
      const stop = new AbortController();
      const reading = kindOf(harness.open().members(list, { attributes: true }, stop.signal));
      if (harness.remote === undefined) {
        expect(await kindOf(harness.open().list(list, AbortSignal.abort()))).toBe("interrupted");
        await reading;
        return;
      }
      setTimeout(() => stop.abort(), 20);
      expect(await reading).toBe("interrupted");
    },
  },
  {
    name: "files that hold people are private",
    async run(harness) {
      const list = await harness.addList("Customers");
      await harness.addStrangers(list, [ANNA]);
      const destination = harness.open();
      await destination.members(list, { attributes: true }, signal);
      await destination.lookup(list, [ANNA], signal);
      await destination.optOuts({ since: undefined, lists: [list] }, signal);
      for (const name of await readdir(harness.scratch)) {
        const about = await stat(join(harness.scratch, name));
        if (about.isFile()) expect(about.mode & 0o077, name).toBe(0);
      }
    },
  },
  {
    name: "no key and no address in a failure",
    only: "remote",
    run: (harness) => noSecrets(harness),
  },
];

async function noSecrets(harness: Harness): Promise<void> {
  const person = { key: "canary-person@example.com", values: harness.attributes.map(({ before }) => before) };
  const list = await harness.addList("Customers");
  const remote = harness.remote!;
  const failures: unknown[] = [];
  const collect = (error: unknown): void => void failures.push(error);
  await harness.open("canary-wrong-key").list(list, signal).catch(collect);
  remote.loseNextAdd();
  await deliver(harness, harness.open(), "add", list, [person]).catch(collect);
  remote.hideBehindPage();
  await harness.open().lookup(list, [person.key], signal).catch(collect);
  await bindings(harness, harness.open()).catch(collect);
  expect(failures.length).toBe(4);
  for (const failure of failures) {
    expect(failure).toBeInstanceOf(Failure);
    const { message, hint, stack } = failure as Failure;
    for (const text of [message, hint ?? "", stack ?? "", JSON.stringify(failure)]) {
      expect(text).not.toContain("canary");
      expect(text).not.toContain(remote.key);
    }
  }
}
