import { cp, rm } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { exportOf, openProject, type Project, type Yaml } from "../support/project.js";
import { remoteOf } from "../support/remote.js";
import { rollcall } from "../support/rollcall.js";
import { withSql } from "../support/sql.js";

/** Whoever said no is the same person, however the next file writes the id. */
const LEFT = fileURLToPath(new URL("../fixtures/state-of-written-uuids/", import.meta.url));
/** The ids of the people in that state, and of two others. */
const ID = {
  ann: "a0eebc99-9c0b-4ef8-bb6d-6bb9bd380a11",
  bob: "b0eebc99-9c0b-4ef8-bb6d-6bb9bd380b22",
  cleo: "c0eebc99-9c0b-4ef8-bb6d-6bb9bd380c33",
  dora: "d0eebc99-9c0b-4ef8-bb6d-6bb9bd380d44",
  eve: "e0eebc99-9c0b-4ef8-bb6d-6bb9bd380e55",
};

let project: Project;
beforeEach(async () => {
  project = await openProject();
  await project.write("forget.key", "forget-key-of-a-test-0123456789abcdef");
});
afterEach(() => project.stop());

type People = Readonly<Record<string, string>>;

/** Ways to write the same people (name and id), each with what the YAML says of the source. */
const WAYS: Readonly<Record<string, (people: People) => Promise<Yaml>>> = {
  "text as it is": (people) => asCsv(people, (id) => id),
  "text in capitals": (people) => asCsv(people, (id) => id.toUpperCase()),
  "text without hyphens": (people) => asCsv(people, (id) => id.toUpperCase().replaceAll("-", "")),
  "text in braces and quotes": (people) => asCsv(people, (id) => `"""{${id}}"""`),
  "text of URNs": (people) => asCsv(people, (id) => `urn:uuid:${id.toUpperCase()}`),
  "text between spaces that do not break": (people) => asCsv(people, (id) => `\u00a0${id}\u200b`),
  "UUIDs of Parquet": (people) => inSql(people, "UUID", "parquet"),
  "text of DuckDB in capitals": (people) => inSql(people, "VARCHAR", "duckdb"),
  "bytes of Parquet": (people) => inSql(people, "BLOB", "parquet"),
};

async function asCsv(people: People, write: (id: string) => string): Promise<Yaml> {
  const lines = Object.entries(people).map(([name, id]) => `${name}@example.com,${write(id)},${name}\n`);
  await project.write("people.csv", `email,id,name\n${lines.join("")}`);
  return { type: "files", path: "people.csv" };
}

async function inSql(people: People, type: string, format: "parquet" | "duckdb"): Promise<Yaml> {
  const rows = Object.entries(people).map(
    ([name, id]) => `('${name}@example.com', '${id.toUpperCase()}', '${name}')`,
  );
  const typed = `SELECT email, CAST(id AS ${type}) AS id, name FROM (VALUES ${rows.join(", ")}) AS t(email, id, name)`;
  const path = join(project.folder, `people.${format}`);
  await rm(path, { force: true });
  await withSql((sql) =>
    format === "parquet"
      ? sql.run(`COPY (${typed}) TO '${path}' (FORMAT parquet)`)
      : sql.run(`ATTACH '${path}' AS made; CREATE TABLE made.people AS ${typed}; DETACH made`),
  );
  return format === "parquet"
    ? { type: "files", path: "people.parquet" }
    : { type: "duckdb", path: "people.duckdb", table: "people" };
}

async function write(way: string, people: People, attributes: Yaml = { name: "name" }): Promise<void> {
  const source = await WAYS[way]?.(people);
  await project.config({
    forget: { key: { file: "forget.key" } },
    connections: {
      box: {
        type: "file",
        path: "lists",
        dataPrivacy: { agreed: true, by: "Anna Example", on: "2025-01-01" },
      },
    },
    sources: { people: source },
    segments: { all: { source: "people" } },
    exports: {
      weekly: {
        connection: "box",
        list: { name: "customers", create: true },
        segments: ["all"],
        match: { email: "email", id: "id" },
        attributes,
        safeguards: { maxRemovals: { share: "100%" }, maxWithdrawals: { share: "100%" } },
      },
    },
  });
}

async function apply(): Promise<string[]> {
  const { code, stderr } = await rollcall(["apply", "--auto-approve"], { cwd: project.folder });
  expect({ code, stderr: code === 0 ? "" : stderr }).toEqual({ code: 0, stderr: "" });
  return members();
}

const members = async (): Promise<string[]> =>
  [...(await remoteOf(project, "file").members("customers")).keys()]
    .map((email) => email.split("@")[0] ?? "")
    .sort();

const optOut = (...names: string[]): Promise<void> =>
  project.write("lists/unsubscribed.csv", `email\n${names.map((name) => `${name}@example.com\n`).join("")}`);

describe("a UUID that the previous version kept as it was written", () => {
  beforeEach(async () => {
    await cp(LEFT, project.folder, { recursive: true });
    await cp(join(project.folder, "state"), join(project.folder, ".rollcall"), { recursive: true });
    await rm(join(project.folder, "state"), { recursive: true });
  });

  it("makes nobody new or changed", async () => {
    for (const applied of [false, true]) {
      const { error, counts } = exportOf(await project.plan(), "weekly");
      expect({ applied, error, ...counts }).toMatchObject({
        applied,
        error: undefined,
        add: 0,
        update: 0,
        remove: 0,
        unchanged: 1,
      });
      expect(await apply()).toEqual(["ann", "bob", "dora"]);
    }
  });

  it.each([
    "text in capitals",
    "text without hyphens",
    "text between spaces that do not break",
    "UUIDs of Parquet",
    "bytes of Parquet",
  ])("keeps away a person who opted out or was forgotten and has another address, by %s", async (way) => {
    await write(way, { ann: ID.ann, bob2: ID.bob, cleo2: ID.cleo, dora2: ID.dora, eve: ID.eve });
    expect(await apply()).toEqual(["ann", "bob", "dora", "eve"]);
    expect((await project.planOf("weekly")).counts.heldBack).toMatchObject({ forgotten: 1 });
  });

  it.each(["text in capitals", "UUIDs of Parquet"])(
    "keeps off a person whom somebody has just removed by hand and who has another address, by %s",
    async (way) => {
      const list = await project.read("lists/customers.csv");
      await project.write("lists/customers.csv", list.replace(/^ann@.*\n/m, ""));
      await write(way, { ann2: ID.ann, eve: ID.eve });
      const left = await apply();
      expect(left).toContain("eve");
      expect(left).not.toContain("ann2");
    },
  );
});

it.each([
  ["text in capitals", "UUIDs of Parquet"],
  ["UUIDs of Parquet", "text in capitals"],
  ["text in braces and quotes", "text of DuckDB in capitals"],
  ["text of URNs", "UUIDs of Parquet"],
])("a person who opted out by an id of %s stays away by one of %s", async (before, after) => {
  await write(before, { ann: ID.ann, bob: ID.bob, cleo: ID.cleo });
  await project.apply();
  expect(await members()).toEqual(["ann", "bob", "cleo"]);
  await optOut("bob");
  await project.apply();
  // Away, so that nothing but what is remembered names the id.
  await write(before, { ann: ID.ann, cleo: ID.cleo });
  await project.apply();
  await write(after, { ann: ID.ann, bob2: ID.bob, cleo: ID.cleo, eve: ID.eve });
  const { counts } = await project.planOf("weekly");
  expect(counts).toMatchObject({ add: 1, update: 0, remove: 0, unchanged: 2 });
  expect(await apply()).toEqual(["ann", "bob", "cleo", "eve"]);
});

it("two rows with one UUID are one person, and ids that are not UUIDs differ by case", async () => {
  await write("text as it is", { ann: ID.ann, ann2: ID.ann.toUpperCase(), bob: "Ab1", bob2: "aB1" });
  await optOut("ann", "bob");
  expect(await apply()).toEqual(["bob2"]);
});

it("an id is sent as it is written", async () => {
  await write("text as it is", { ann: ID.ann.toUpperCase(), bob: `{${ID.bob}}` }, { number: "id" });
  await project.apply();
  const sent = [...(await remoteOf(project, "file").members("customers")).values()];
  expect(sent.map(({ number }) => number)).toEqual([ID.ann.toUpperCase(), `{${ID.bob}}`]);
});
