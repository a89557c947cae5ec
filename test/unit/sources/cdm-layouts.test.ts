import { existsSync } from "node:fs";
import { readFile, rm, stat, truncate, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { Seeded } from "../../faults/seeded.js";
import { Failure } from "../../../src/model/failure.js";
import { csvOf, writeCdmFolder, writeWithin, type CdmRow } from "../../support/cdm-folder.js";
import { sharedEngine } from "../../support/engine.js";
import { loadCdm, newFolder } from "./cdm-support.js";
import { failureOf, loadCsv } from "./support.js";

const opened = sharedEngine();

describe("rows that Synapse Link appends", () => {
  const columns = {
    Id: "guid",
    SinkModifiedOn: "dateTime",
    versionnumber: "int64",
    email: "string",
    IsDelete: "boolean",
  };
  const load = async (rows: readonly CdmRow[], of: Record<string, string> = columns) => {
    const folder = await newFolder(opened());
    await writeCdmFolder(folder, [
      { name: "Customer", columns: of, partitions: { "Customer/2026.csv": rows } },
    ]);
    return loadCdm(opened(), folder);
  };
  const emails = ({ values }: { readonly values: readonly (readonly (string | null)[])[] }) =>
    values.map((row) => row[3]);
  const [EARLY, LATE] = ["11/2/2026 9:00:00 AM", "11/2/2026 1:00:00 PM"];

  test("are the newest version of each, without those that were deleted, and both are counted", async () => {
    const loaded = await load([
      ["1", EARLY, "10", "old@example.com", null],
      ["1", LATE, "11", "new@example.com", null],
      ["2", EARLY, "12", "b@example.com", ""],
      ["3", EARLY, "13", "c@example.com", "False"],
      ["3", LATE, null, null, "True"],
      ["4", LATE, "14", null, "True"],
    ]);
    expect(emails(loaded)).toEqual(["new@example.com", "b@example.com"]);
    expect(loaded.proof).toContain("without 2 rows deleted and 2 replaced by newer ones");
  });

  test("are there once where one was appended twice", async () => {
    const row = ["1", EARLY, "10", "a@example.com", null];
    expect(emails(await load([row, row]))).toEqual(["a@example.com"]);
  });

  test.each<[string, readonly CdmRow[], RegExp]>([
    [
      "do not say which is newer",
      [
        ["1", EARLY, null, "a", null],
        ["1", EARLY, null, "b", null],
      ],
      /do not say which of them is newer/,
    ],
    [
      "have times that nobody can read",
      [
        ["1", "later", null, "a", null],
        ["1", "x", null, "b", null],
      ],
      /do not say which of them is newer/,
    ],
    ["have no Id", [[null, EARLY, "1", "a", null]], /1 row have no `Id`|have no `Id`/],
    ["say maybe of a deletion", [["1", EARLY, "1", "a", "maybe"]], /neither yes nor no/],
  ])("are refused where they %s", async (_what, rows, said) => {
    expect((await failureOf(load(rows))).message).toMatch(said);
  });

  test("of a table that no link wrote are all but the deleted ones", async () => {
    const of = { Id: "string", isDeleted: "boolean" };
    const { values, proof } = await load(
      [
        ["1", "false"],
        ["2", "true"],
        ["3", null],
      ],
      of,
    );
    expect(values.map(([id]) => id)).toEqual(["1", "3"]);
    expect(proof).toContain("without 1 row deleted");
  });
});

describe("a manifest", () => {
  const csvTrait = {
    traitReference: "is.partition.format.CSV",
    arguments: [{ name: "columnHeaders", value: "true" }],
  };
  const sized = (value: number) => ({
    traitReference: "is.partition.size",
    arguments: [{ name: "value", value }],
  });
  const text = "CustomerId,Email\n1,a@example.com\n2,b@example.com\n";
  const attributes: unknown[] = [
    { name: "CustomerId", dataType: "integer" },
    {
      attributeGroupReference: {
        attributeGroupName: "more",
        members: [{ name: "Email", dataFormat: "String" }],
      },
    },
  ];
  const written = async (partition: object, entity: object = {}, definition: object = {}) => {
    const folder = await newFolder(opened());
    await writeWithin(folder, "Customer/one.csv", text);
    const definitions = [
      { entityName: "Customer", extendsEntity: "CdmEntity", hasAttributes: attributes, ...definition },
    ];
    await writeWithin(folder, "Customer.cdm.json", JSON.stringify({ definitions }));
    const entities = [
      {
        type: "LocalEntity",
        entityName: "Customer",
        entityPath: "Customer.cdm.json/Customer",
        dataPartitions: [partition],
        ...entity,
      },
    ];
    await writeWithin(folder, "default.manifest.cdm.json", JSON.stringify({ entities }));
    return folder;
  };

  test("names partitions, and beside it lies their schema", async () => {
    const folder = await written({
      location: "Customer/one.csv",
      exhibitsTraits: [csvTrait, sized(text.length)],
    });
    expect(await loadCdm(opened(), folder)).toMatchObject({
      columnTypes: ["CustomerId BIGINT", "Email VARCHAR"],
      values: [
        ["1", "a@example.com"],
        ["2", "b@example.com"],
      ],
    });
    await writeFile(join(folder, "Customer/one.csv"), text.slice(0, -16));
    expect((await failureOf(loadCdm(opened(), folder))).message).toMatch(/bytes instead of the/);
  });

  test("names partitions in Parquet", async () => {
    const folder = await written({
      location: "Customer/one.parquet",
      exhibitsTraits: [{ traitReference: "is.partition.format.parquet" }],
    });
    const path = join(folder, "Customer/one.parquet");
    await opened().engine.outer.run(
      `COPY (SELECT 1 AS CustomerId, 'a@example.com' AS Email) TO '${path}' (FORMAT parquet)`,
    );
    expect((await loadCdm(opened(), folder)).values).toEqual([["1", "a@example.com"]]);
    await truncate(path, (await stat(path)).size - 9);
    expect(["invalid", "permanent"]).toContain((await failureOf(loadCdm(opened(), folder))).kind);
  });

  test.each<[string, object, object, object]>([
    ["takes columns from the corpus", {}, {}, { extendsEntity: "CdsStandard" }],
    ["has its schema in the corpus", {}, { entityPath: "cdm:/core/Account.cdm.json/Account" }, {}],
    ["has a group of attributes elsewhere", {}, {}, { hasAttributes: [{ attributeGroupReference: "x" }] }],
    ["names a pattern", {}, { dataPartitionPatterns: [{ globPattern: "*.csv" }] }, {}],
    ["leads to a storage", { location: "adls:/Customer/one.csv" }, {}, {}],
    ["has another header", { exhibitsTraits: [csvTrait] }, {}, { hasAttributes: [...attributes].reverse() }],
  ])("is refused where it %s", async (_what, partition, entity, definition) => {
    const folder = await written(
      { location: "Customer/one.csv", exhibitsTraits: [csvTrait], ...partition },
      entity,
      definition,
    );
    expect(["invalid", "permanent"]).toContain((await failureOf(loadCdm(opened(), folder))).kind);
  });
});

test("whatever is cut off, but between two rows, is refused", async () => {
  const rows = Array.from({ length: 6 }, (_, index) => [`${index}`, `"p${index}"\r\n,@example.com`]);
  const path = "Customer/2026/11/30/0330/Customer_1.csv";
  const whole = csvOf(rows);
  const ends = new Set(rows.map((_, index) => csvOf(rows.slice(0, index + 1)).length));
  const folder = await newFolder(opened());
  const entity = {
    name: "Customer",
    columns: { id: "string", note: "string" },
    partitions: { [path]: rows },
  };
  await writeCdmFolder(folder, [entity]);
  const model = await readFile(join(folder, "model.json"), "utf8");
  const between = (seed: number, most: number): number => new Seeded(seed).between(0, most);
  for (let seed = 0; seed < 60; seed += 1) {
    const inModel = seed % 4 === 0;
    const at = between(seed, (inModel ? model : whole).length - 1);
    if (!inModel && ends.has(at)) continue;
    await writeFile(join(folder, inModel ? "model.json" : path), (inModel ? model : whole).slice(0, at));
    const found: unknown = await loadCdm(opened(), folder).catch((error: unknown) => error);
    expect(found, `seed ${seed} at ${at}`).toBeInstanceOf(Failure);
    await writeFile(join(folder, inModel ? "model.json" : path), inModel ? model : whole);
  }
  expect((await loadCdm(opened(), folder)).rows).toBe(6);
  await rm(join(folder, path));
  expect((await failureOf(loadCdm(opened(), folder))).kind).toBe("not-found");
}, 60_000);

const SAMPLES = new URL("../../../../shared/data/cdm/", import.meta.url);
test.skipIf(!existsSync(SAMPLES))(
  "what Microsoft publishes as samples is understood or refused in words",
  async () => {
    const folder = await newFolder(opened());
    for (const [file, entity, said] of [
      ["orders-products-linked.model.json", "Orders", /only a link/],
      ["orders-products.model.json", "Orders", /is not beside it: .*Orders\.csv/],
      ["csv-partition-traits.model.json", "someEntity", /say different things/],
      ["dates-and-times.model.json", "Appointment", /has no partitions/],
      ["read-local.model.json", "Customers", /neither an address nor a path/],
    ] as const) {
      await writeFile(join(folder, "model.json"), await readFile(new URL(file, SAMPLES)));
      expect((await failureOf(loadCdm(opened(), folder, { entity }))).message, file).toMatch(said);
    }
  },
);

const CHINOOK = new URL("../../../../shared/data/chinook/", import.meta.url);
test.skipIf(!existsSync(CHINOOK)).each(["customers", "invoices"])(
  "the %s of Chinook are the same rows from a folder as from CSV",
  async (table) => {
    const csv = await readFile(new URL(`${table}.csv`, CHINOOK), "utf8");
    const fromCsv = await loadCsv(opened(), csv);
    const read = `SELECT * FROM read_csv('${new URL(`${table}.csv`, CHINOOK).pathname}', all_varchar = true)`;
    const rows = await opened().engine.outer.rows<Record<string, string | null>>(read);
    const types: Record<string, string> = { BIGINT: "int64", DOUBLE: "double", TIMESTAMP: "dateTime" };
    const columns = Object.fromEntries(
      fromCsv.columns
        .map((column) => column.split(" "))
        .map(([name = "", type = ""]) => [name, types[type] ?? "string"]),
    );
    const half = Math.ceil(rows.length / 2);
    const values = rows.map((row) => Object.values(row));
    const partitions = { [`${table}/1.csv`]: values.slice(0, half), [`${table}/2.csv`]: values.slice(half) };
    const folder = await newFolder(opened());
    await writeCdmFolder(folder, [{ name: table, columns, partitions }]);
    const loaded = await loadCdm(opened(), folder, { entity: table });
    expect(loaded.columnTypes).toEqual(fromCsv.columns);
    const [difference] = await opened().engine.outer.rows(
      `SELECT count(*)::DOUBLE AS n FROM ((FROM ${loaded.view} EXCEPT ALL FROM ${fromCsv.view}) UNION ALL (FROM ${fromCsv.view} EXCEPT ALL FROM ${loaded.view}))`,
    );
    expect([loaded.rows, difference]).toEqual([fromCsv.rows, { n: 0 }]);
  },
);
