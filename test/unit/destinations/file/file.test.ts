import { chmod, mkdir, mkdtemp, readdir, readFile, rm, stat, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import fc from "fast-check";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { file } from "../../../../src/destinations/file/index.js";
import type { Operation } from "../../../../src/model/plan/change.js";
import { processIdentity } from "../../../../src/platform/process-identity.js";
import type { Destination } from "../../../../src/plugin/destination.js";
import { literal } from "../../../../src/plugin/relation.js";
import { rowsOf, select, withSql } from "../../../support/sql.js";
import { carryOut } from "./carry-out.js";
import { binding, connection, mapping } from "../brevo/fixtures.js";

const signal = new AbortController().signal;
let project: string;
let lists: string;

beforeEach(async () => {
  project = await mkdtemp(join(tmpdir(), "rollcall-file-"));
  lists = join(project, "lists");
  await mkdir(lists);
});
afterEach(() => rm(project, { recursive: true }));

function open(path: unknown = "lists"): Destination {
  return file.open({
    connection: connection({ path }, { type: "file" }),
    apiKey: undefined,
    folder: project,
    scratch: project,
    spent: {},
  });
}

async function write(operation: Operation, rows: readonly object[] | readonly string[], listId = "people") {
  const body = rows.map((row) => `${JSON.stringify(row)}\n`).join("");
  return carryOut(open(), { operation, route: "any", listId, body, rows: rows.length });
}

const person = (email: string, attributes: Record<string, string> = {}) => ({ email, attributes });
const content = () => readFile(join(lists, "people.csv"), "utf8");
const given = (text: string, name = "people.csv") => writeFile(join(lists, name), text);

describe("writing", () => {
  test("add appends people and columns, and changes those who are there", async () => {
    await given("Name,Email,city\r\nAnna,Anna@Example.com,Ulm\r\nBob,bob@example.com,Bonn\r\n");
    const rows = [
      person("anna@example.com", { city: "Köln" }),
      person("cy@example.com", { score: "7", city: 'a "b", c' }),
    ];
    expect(await write("add", rows)).toEqual({ state: "completed", refused: [] });
    expect(await content()).toBe(
      "Name,Email,city,score\r\n" +
        "Anna,Anna@Example.com,Köln,\r\nBob,bob@example.com,Bonn,\r\n" +
        ',cy@example.com,"a ""b"", c",7\r\n',
    );
  });

  test("update never adds anybody", async () => {
    await given("email,city\r\na@x.de,Ulm\r\n");
    const result = await write("update", [
      person("b@x.de", { city: "Bonn" }),
      person("a@x.de", { city: "" }),
    ]);
    expect(result).toEqual({
      state: "completed-with-errors",
      refused: [{ email: "b@x.de", reason: "gone at destination" }],
    });
    expect(await content()).toBe("email,city\r\na@x.de,\r\n");
  });

  test("remove drops only those named, and leaves the other rows byte for byte", async () => {
    await given('email,"no""te"\na@x.de,"x, y"\nb@x.de,z\n"c@x.de","line\nbreak"\n');
    expect(await write("remove", ["b@x.de", "nobody@x.de"])).toEqual({
      status: "done",
      rejected: [],
      absent: [1],
    });
    expect(await content()).toBe('email,"no""te"\r\na@x.de,"x, y"\r\n"c@x.de","line\nbreak"\r\n');
  });

  test("rows with too many values keep them; two columns of one name are refused", async () => {
    await given("email,city\r\na@x.de,Ulm,extra\r\n");
    await write("add", [person("a@x.de", { city: "Bonn" }), person("b@x.de")]);
    expect(await content()).toBe("email,city\r\na@x.de,Bonn,extra\r\nb@x.de,\r\n");
    await given("email,city,City\r\n");
    await expect(write("add", [person("a@x.de")])).rejects.toMatchObject({ kind: "invalid" });
  });

  test("a missing list is an error and is not made", async () => {
    await expect(write("add", [person("a@x.de")], "other")).rejects.toMatchObject({ kind: "not-found" });
    expect(await readdir(lists)).toEqual([]);
  });

  test("keeps the file's mode, and leaves nothing behind when it fails", async () => {
    await given("email\r\n");
    await chmod(join(lists, "people.csv"), 0o640);
    await write("add", [person("a@x.de")]);
    expect((await stat(join(lists, "people.csv"))).mode & 0o777).toBe(0o640);
    const broken = 'email,b\r\na@x.de,"open\r\n';
    await given(broken);
    await expect(write("remove", ["a@x.de"])).rejects.toMatchObject({ kind: "invalid" });
    expect(await content()).toBe(broken);
    expect(await readdir(lists)).toEqual(["people.csv"]);
  });

  test("stopping half-way leaves the list as it was", async () => {
    const before = `email\r\n${Array.from({ length: 200_000 }, (_, index) => `p${index}@x.de\r\n`).join("")}`;
    await given(before);
    const stop = new AbortController();
    const batch = {
      operation: "remove",
      route: "remove",
      listId: "people",
      body: '"p7@x.de"\n',
      rows: 1,
    } as const;
    const writing = open().write(batch, stop.signal);
    const begun = async (): Promise<boolean> => (await readdir(lists)).some((name) => name.endsWith(".tmp"));
    while (!(await begun())) await new Promise((done) => setImmediate(done));
    stop.abort();
    await expect(writing).rejects.toMatchObject({ kind: "interrupted" });
    expect(await content()).toBe(before);
    expect(await readdir(lists)).toEqual(["people.csv"]);
  });
});

test("the file of a list is written once for all accepted batches, in their order", async () => {
  await given("email,city\r\na@x.de,Ulm\r\nb@x.de,Bonn\r\n");
  const destination = open();
  const take = async (operation: Operation, rows: readonly object[]): Promise<string> => {
    const body = rows.map((row) => `${JSON.stringify(row)}\n`).join("");
    const result = await destination.write(
      { operation, route: "any", listId: "people", body, rows: rows.length },
      signal,
    );
    return result.status === "accepted" ? result.job : "";
  };
  const many = Array.from({ length: 3000 }, (_, index) => person(`p${index}@x.de`, { city: `C${index}` }));
  const jobs = [
    await take("add", many),
    await take("update", [person("b@x.de", { city: "Köln" }), person("nobody@x.de")]),
  ];
  expect(await content()).toBe("email,city\r\na@x.de,Ulm\r\nb@x.de,Bonn\r\n");
  const states = await destination.jobs(jobs.slice(0, 1), signal);
  expect(states.map(({ state }) => state)).toEqual(["completed"]);
  expect((await destination.jobs(jobs, signal)).map(({ state }) => state)).toEqual([
    "completed",
    "completed-with-errors",
  ]);
  expect(await rowsOf(await destination.rejects(jobs[1]!, signal))).toEqual([
    { email: "nobody@x.de", reason: "gone at destination" },
  ]);
  const added = many.map(({ email, attributes }) => `${email},${attributes["city"]}\r\n`).join("");
  expect(await content()).toBe(`email,city\r\na@x.de,Ulm\r\nb@x.de,Köln\r\n${added}`);
  expect(await readdir(lists)).toEqual(["people.csv"]);
});

test("a batch that a dead process had accepted is lost, and its file is deleted", async () => {
  await given("email\r\n");
  const body = `${JSON.stringify(person("a@x.de"))}\n`;
  const result = await open().write(
    { operation: "add", route: "any", listId: "people", body, rows: 1 },
    signal,
  );
  const job = result.status === "accepted" ? result.job : "";
  expect((await readdir(lists)).length).toBe(2);
  expect(await open().jobs([job], signal)).toMatchObject([{ state: "gone" }]);
  expect(await content()).toBe("email\r\n");
});

test("any value that is written reads back the same", async () => {
  const value = fc.oneof(
    fc.string({ unit: "grapheme", minLength: 1, maxLength: 10 }),
    fc.string({
      unit: fc.constantFrom('"', ",", "\n", "\r", " ", "\\", "é", "'"),
      minLength: 1,
      maxLength: 6,
    }),
  );
  const people = fc.uniqueArray(
    fc.record({
      n: fc.nat(50),
      a: fc.option(value),
      b: fc.option(value),
      c: fc.option(fc.double({ noNaN: true, noDefaultInfinity: true })),
    }),
    { selector: ({ n }) => n, minLength: 1, maxLength: 6 },
  );
  const bindings = [binding(0, "A"), binding(1, "name of b"), binding(2, "C", "number")];
  const codec = file.codec(bindings, connection());
  await fc.assert(
    fc.asyncProperty(people, async (rows) => {
      await given("email\r\n");
      const quote = (text: string | null) => (text === null ? "null" : literal(text));
      const from = `(values ${rows
        .map(
          ({ n, a, b, c }) =>
            `('p${n}@x.de', ${quote(a)}::varchar, false, ${quote(b)}::varchar, false, ${c === null ? "null" : `'${c}'`}::double, false)`,
        )
        .join(", ")}) t("key", a0, c0, a1, c1, a2, c2)`;
      await withSql(async (sql) => {
        const { wire, envelope } = codec.route("add", rows.length);
        const sent = await select(
          sql,
          `select ${wire} as line from (select "key", ${codec.payload} as payload from ${from})`,
        );
        const { prefix, separator, suffix } = envelope("", "people");
        const body = prefix + sent.map(({ line }) => line).join(separator) + suffix;
        await carryOut(open(), {
          operation: "add",
          route: "write",
          listId: "people",
          body,
          rows: rows.length,
        });
        const members = await open().members("people", { attributes: true }, signal);
        const found = await select(
          sql,
          `select count(*) as n, count(*) filter (where ${codec.matches}) as same
           from (select "key", ${codec.payload} as payload from ${from}) join (${members.sql}) on email = "key"`,
        );
        expect(found).toEqual([{ n: String(rows.length), same: String(rows.length) }]);
        const [first] = await select(
          sql,
          `select observed from (${members.sql}) where email = 'p${rows[0]!.n}@x.de'`,
        );
        expect((JSON.parse(String(first?.["observed"])) as Record<string, string | null>)["A"] ?? null).toBe(
          rows[0]!.a,
        );
      });
    }),
    { numRuns: 60 },
  );
});

describe("reading", () => {
  test("members, opt-outs and lookups", async () => {
    await given("\ufeffemail,city\r\nAnna@X.de,Ulm\r\nb@x.de,\r\nc@x.de,\r\n");
    await given("email\nanna@x.de\n", "unsubscribed.csv");
    await given("when,email\n2026,b@x.de\n", "people.unsubscribed.csv");
    const { sql } = await open().members("people", { attributes: true }, signal);
    expect(await rowsOf({ sql: `${sql} order by lower(email)` })).toEqual([
      {
        email: "Anna@X.de",
        contact_id: null,
        on_list: true,
        opted_out: "unsubscribed everywhere",
        observed: '{"city":"Ulm"}',
      },
      {
        email: "b@x.de",
        contact_id: null,
        on_list: true,
        opted_out: "unsubscribed",
        observed: '{"city":null}',
      },
      { email: "c@x.de", contact_id: null, on_list: true, opted_out: null, observed: '{"city":null}' },
    ]);
    const found = await rowsOf(await open().lookup("people", ["anna@x.de", "nobody@x.de"], signal));
    expect(found.map(({ email }) => email)).toEqual(["Anna@X.de"]);
    const query = { since: undefined, lists: ["people", "none"] };
    const { optedOut, whole, seen } = await open().optOuts(query, signal);
    expect(seen).toBeUndefined();
    // A file that is not there says nothing, also when it was there before.
    expect(whole.map(({ listId }) => listId)).toEqual([undefined, "people"]);
    expect(await rowsOf(optedOut)).toEqual([
      { email: "anna@x.de", list_id: null, reason: "unsubscribed" },
      { email: "b@x.de", list_id: "people", reason: "unsubscribed" },
    ]);
  });

  test("lists are the CSV files, fields are their columns", async () => {
    await given("email,City\r\n");
    await given("Score,email,city\r\n", "vip.csv");
    await given("email\r\n", "unsubscribed.csv");
    await given("email\r\n", "vip.unsubscribed.csv");
    await given("anything", "notes.txt");
    expect((await open().lists(signal)).map(({ id }) => id)).toEqual(["people", "vip"]);
    expect((await open().fields(signal)).map(({ id }) => id)).toEqual(["City", "Score"]);
    expect(await open().list("gone", signal)).toBeUndefined();
    expect(await open("nowhere").lists(signal)).toEqual([]);
  });

  test("a CSV file without addresses is reported as such", async () => {
    await given("name\nAnna\n");
    await expect(open().members("people", { attributes: false }, signal)).rejects.toMatchObject({
      kind: "invalid",
    });
  });
});

test("temporary files of a killed run are removed, and those of a live one are not", async () => {
  const [machine] = processIdentity.split(".");
  const dead = `.rollcall-${machine}.999999999.1.x.tmp`;
  const living = `.rollcall-${processIdentity}.x.tmp`;
  for (const name of [dead, living, ".notes.tmp"]) await given("ann@example.com", name);
  await open().account(signal);
  expect((await readdir(lists)).sort()).toEqual([".notes.tmp", living]);
});

test("a list is created once, and only its owner can read it", async () => {
  const created = await open("deep/er").createList({ name: "New people", folder: undefined }, signal);
  expect(created).toEqual({ id: "New people", name: "New people", size: 0 });
  expect((await stat(join(project, "deep/er/New people.csv"))).mode & 0o777).toBe(0o600);
  await expect(
    open("deep/er").createList({ name: "New people", folder: undefined }, signal),
  ).rejects.toMatchObject({
    kind: "conflict",
  });
});

describe("the folder stays inside the project", () => {
  test.each(["..", "../x", "/etc", ".", "", undefined, "lists/../.."])("%s is refused", async (path) => {
    await expect(open(path ?? null).account(signal)).rejects.toMatchObject({ kind: "invalid" });
  });

  test("also through a link", async () => {
    await symlink(tmpdir(), join(project, "way-out"));
    await expect(open("way-out/lists").account(signal)).rejects.toMatchObject({ kind: "invalid" });
  });

  test.each(["../people", "a/b", ".hidden", "unsubscribed", "people.unsubscribed", ""])(
    "list id %s is refused",
    async (id) => {
      await expect(open().list(id, signal)).rejects.toMatchObject({ kind: "invalid" });
    },
  );

  test("makes the account the same on every machine", async () => {
    expect(await open("./lists/").account(signal)).toEqual({
      id: "folder:lists",
      label: "folder lists",
      missingPermissions: [],
    });
  });
});

test("bind takes any name as a column, and refuses names that differ only by case", () => {
  const { bindings, problems } = file.bind(
    [mapping("CITY"), mapping("email"), mapping("city"), mapping("vip", { type: "boolean" })],
    [{ id: "City", name: "City", type: "text", writable: true, choices: [], maxLength: undefined }],
  );
  expect(bindings.map(({ field, type, column }) => [field.id, type, column])).toEqual([
    ["City", "text", "a0"],
    ["vip", "boolean", "a3"],
  ]);
  expect(problems.map(({ attribute }) => attribute)).toEqual(["email", "city"]);
});
