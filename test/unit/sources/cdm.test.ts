import { mkdir, rename, rm, symlink, utimes, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import {
  csvOf,
  modelJson,
  STORAGE,
  writeCdmFolder,
  writeWithin,
  type CdmEntity,
} from "../../support/cdm-folder.js";
import { sharedEngine } from "../../support/engine.js";
import { cdmSource, loadCdm, newFolder, openCdm } from "./cdm-support.js";
import { failureOf } from "./support.js";

const opened = sharedEngine();

const FIRST = "Customer/2026/11/30/0330/Customer_1.csv";
const SECOND = "Customer/2026/11/30/0330/Customer_2.csv";
const customers: CdmEntity = {
  name: "Customer",
  columns: { CustomerId: "guid", Email: "string" },
  partitions: {
    [FIRST]: [
      ["1", "a@example.com"],
      ["2", "b@example.com"],
    ],
    [SECOND]: [["3", "c@example.com"]],
  },
};
const all = [
  ["1", "a@example.com"],
  ["2", "b@example.com"],
  ["3", "c@example.com"],
];

async function exported(entities: readonly CdmEntity[] = [customers], options = {}): Promise<string> {
  const folder = await newFolder(opened());
  await writeCdmFolder(folder, entities, options);
  return folder;
}

/** A table of one file in these bytes. */
async function inOneFile(
  text: string | Buffer,
  settings: object,
  columns: Record<string, string>,
): Promise<string> {
  const entity = { name: "Customer", columns, partitions: { "Customer/one.csv": [] } };
  const folder = await exported([entity], { settings: { $type: "CsvFormatSettings", ...settings } });
  await writeWithin(folder, "Customer/one.csv", text);
  return folder;
}

describe("a folder is read", () => {
  test("whole, with what proves it, and which export it was", async () => {
    const loaded = await loadCdm(opened(), await exported());
    expect(loaded.values).toEqual(all);
    expect(loaded).toMatchObject({
      rows: 3,
      proof: "all of its 2 partitions, each of whole rows",
      snapshot: expect.stringMatching(/^[0-9a-f]{16}$/),
      asOf: new Date("2026-11-30T03:31:00Z"),
    });
  });

  test("by the name of its model.json as well", async () => {
    expect(await loadCdm(opened(), join(await exported(), "model.json"))).toMatchObject({ rows: 3 });
  });

  test.each([
    ["as its storage calls it", "CustomerInsights_5fd1/Daily"],
    ["under another name", "copied"],
    ["of a lake of one's own", "ci_0f14/Segments"],
  ])("%s", async (_what, place) => {
    const root = await newFolder(opened());
    await writeCdmFolder(join(root, place), [customers]);
    expect((await loadCdm(opened(), join(root, place))).values).toEqual(all);
  });

  test("with addresses that say of when they are, and letters that an address writes otherwise", async () => {
    const path = "Kunden & Söhne/part 1.csv";
    const entity = { ...customers, partitions: { [path]: [["1", "a@example.com"]] } };
    const folder = await exported([entity]);
    const model = JSON.stringify(modelJson([entity])).replaceAll(
      '.csv"',
      '.csv?snapshot=2018-11-14T19:37:51.7526830Z"',
    );
    await writeFile(join(folder, "model.json"), model);
    expect((await loadCdm(opened(), folder)).rows).toBe(1);
  });

  test("where Synapse Link keeps several snapshots, and partitions by month", async () => {
    const entity = {
      ...customers,
      partitions: {
        "Customer/Snapshot/2026-10_1780000000/2026-10.csv": [["1", "a@example.com"]],
        "Customer/Snapshot/2026-11_1790000000/2026-11.csv": [["2", "b@example.com"]],
      },
    };
    const folder = await exported([entity]);
    await writeWithin(
      folder,
      "Customer/Snapshot/2026-11_1780000000/2026-11.csv",
      csvOf([["9", "old@example.com"]]),
    );
    await writeWithin(folder, "Customer/2026-11.csv", csvOf([["9", "being written"]]));
    expect((await loadCdm(opened(), folder)).values).toEqual(all.slice(0, 2));
  });

  test("with a table beside it that is elsewhere or empty", async () => {
    const folder = await exported([
      customers,
      { name: "Segment", columns: { Name: "string" }, partitions: {} },
    ]);
    expect((await loadCdm(opened(), folder)).rows).toBe(3);
    expect(await failureOf(loadCdm(opened(), folder, { entity: "Segment" }))).toMatchObject({
      kind: "invalid",
      message: expect.stringMatching(/^Source "crm \d+": "Segment" has no partitions\.$/),
    });
  });
});

describe("a value", () => {
  test.each<[string, string, object, (string | null)[][]]>([
    [
      "with line ends of another kind than its row",
      '"1","a\nb"\r\n"2","c\r\nd\re"\r\n',
      {},
      [
        ["1", "a\nb"],
        ["2", "c\r\nd\re"],
      ],
    ],
    [
      "with the line ends of Windows in a file of Unix",
      '"1","a\r\nb"\n"2","c"\n',
      {},
      [
        ["1", "a\r\nb"],
        ["2", "c"],
      ],
    ],
    ["with quotes and delimiters", '"1","say ""x"", y"\n', {}, [["1", 'say "x", y']]],
    [
      "that is missing, and one that is empty",
      '1,\n2,""\n',
      {},
      [
        ["1", null],
        ["2", ""],
      ],
    ],
    [
      "under a header, behind a byte-order mark",
      '\ufeff"id",name\r\n1,x\r\n',
      { columnHeaders: true },
      [["1", "x"]],
    ],
    ["with another delimiter", "1;a,b\n", { delimiter: ";" }, [["1", "a,b"]]],
    ["with a tab for a delimiter", '1\t"a\tb"\n', { delimiter: "\t" }, [["1", "a\tb"]]],
    ["with quotes that mean nothing", '1,"a" b\n', { quoteStyle: "QuoteStyle.None" }, [["1", '"a" b']]],
    [
      "with a quote behind its first letter",
      '1,5" x\n',
      { csvStyle: "CsvStyle.QuoteAfterDelimiter" },
      [["1", '5" x']],
    ],
    ["with letters of every kind", '1,"Zoë 👋 \\ # \u0000"\n', {}, [["1", "Zoë 👋 \\ # \u0000"]]],
  ])("%s", async (_what, text, settings, values) => {
    const folder = await inOneFile(text, settings, { id: "string", name: "string" });
    expect((await loadCdm(opened(), folder)).values).toEqual(values);
  });

  test("has the type that the folder says, if it is written so, and its text is kept", async () => {
    const columns = Object.fromEntries(
      "string int64 double decimal boolean date time dateTime dateTimeOffset guid json unclassified"
        .split(" ")
        .map((type) => [type, type]),
    );
    const row =
      '"007",42,0.10,1.50,True,2026-11-30,09:15:00,2026-11-30T09:15:00.0000000,2026-11-30T09:15:00+02:00,0f14,"[""a""]",5\n';
    const folder = await inOneFile(`${row}${'"",'.repeat(11)}""\n`, {}, columns);
    const { columnTypes, values, view } = await loadCdm(opened(), folder);
    expect(columnTypes).toEqual([
      "string VARCHAR",
      "int64 BIGINT",
      "double DOUBLE",
      "decimal DOUBLE",
      "boolean BOOLEAN",
      "date DATE",
      "time VARCHAR",
      "dateTime TIMESTAMP",
      "dateTimeOffset TIMESTAMP",
      "guid VARCHAR",
      "json VARCHAR",
      "unclassified VARCHAR",
    ]);
    const [empty] = values;
    expect(empty).toEqual(["", null, null, null, null, null, "", null, null, "", "", ""]);
    expect(values[1]).toEqual([
      "007",
      "42",
      "0.1",
      "1.5",
      "true",
      "2026-11-30",
      "09:15:00",
      "2026-11-30 09:15:00",
      "2026-11-30 07:15:00",
      "0f14",
      '["a"]',
      "5",
    ]);
    const written = await opened().engine.outer.rows(
      `SELECT * FROM "${(await import("../../../src/engine/load/typed-source.js")).writtenTable(view.slice(1, -1))}" WHERE int64 = 42`,
    );
    expect(JSON.stringify(written)).toContain("2026-11-30T09:15:00+02:00");
  });

  test("of a decimal whose digits are told is exact", async () => {
    const folder = await inOneFile("1,12345678901234567.891\n", {}, { id: "int64", spend: "decimal" });
    const model = modelJson([
      {
        name: "Customer",
        columns: { id: "int64", spend: "decimal" },
        partitions: { "Customer/one.csv": [] },
      },
    ]);
    const [entity] = model["entities"] as { attributes: Record<string, unknown>[] }[];
    const shaped = { precision: 38, scale: 6 };
    entity!.attributes[1]!["cdm:traits"] = [
      {
        traitReference: "is.dataFormat.numeric.shaped",
        arguments: Object.entries(shaped).map(([name, value]) => ({ name, value })),
      },
    ];
    await writeFile(join(folder, "model.json"), JSON.stringify(model));
    expect(await loadCdm(opened(), folder)).toMatchObject({
      columnTypes: ["id BIGINT", "spend DECIMAL(38,6)"],
      values: [["1", "12345678901234567.891000"]],
    });
  });

  test("that is not of its type leaves the column text", async () => {
    const folder = await inOneFile('1,"11/30/2026 9:15:00 AM"\n', {}, { id: "int64", seen: "dateTime" });
    expect((await loadCdm(opened(), folder)).columnTypes).toEqual(["id BIGINT", "seen VARCHAR"]);
  });
});

describe("a folder is refused", () => {
  test.each<[string, (folder: string) => Promise<unknown>, RegExp]>([
    [
      "without a partition",
      (folder) => rm(join(folder, SECOND)),
      /names 2 partitions, and 1 of them is not beside it: Customer\/2026\/11\/30\/0330\/Customer_2\.csv/,
    ],
    [
      "without any",
      (folder) => rm(join(folder, "Customer"), { recursive: true }),
      /2 of them are not beside it/,
    ],
    ["with an empty partition", (folder) => writeFile(join(folder, SECOND), ""), /Customer_2\.csv is empty/],
    [
      "with a partition cut off at a line",
      (folder) => writeFile(join(folder, SECOND), "\r\n"),
      /Customer_2\.csv\): line 1 is empty/,
    ],
    [
      "with a partition cut off in a row",
      (folder) => writeFile(join(folder, SECOND), '"3"\r\n'),
      /line 1 has 1 value instead of 2/,
    ],
    [
      "with a row that is too long",
      (folder) => writeFile(join(folder, SECOND), '"3","c","d"\r\n'),
      /line 1 has 3 values instead of 2/,
    ],
    [
      "with a partition cut off in a value",
      (folder) => writeFile(join(folder, SECOND), '"3","c\r\n'),
      /cut off within the value that begins on line 1/,
    ],
    [
      "with a partition without its last line end",
      (folder) => writeFile(join(folder, SECOND), '"3","c"'),
      /lacks its line end/,
    ],
    ["with half a line end", (folder) => writeFile(join(folder, SECOND), '"3","c"\r'), /lacks its line end/],
    [
      "with a carriage return alone",
      (folder) => writeFile(join(folder, SECOND), "3,c\rd\r\n"),
      /carriage return alone/,
    ],
    [
      "with a quote amid a value",
      (folder) => writeFile(join(folder, SECOND), '3,c"d\r\n'),
      /quotation mark within a value/,
    ],
    [
      "with more behind a quote",
      (folder) => writeFile(join(folder, SECOND), '3,"c"d\r\n'),
      /more behind the closing quote/,
    ],
    [
      "with a header that nobody told of",
      (folder) => writeFile(join(folder, SECOND), "CustomerId,Email\r\n3,c\r\n"),
      /names the columns, and the folder says that it is a row/,
    ],
    [
      "with text in another encoding",
      (folder) => writeFile(join(folder, SECOND), Buffer.from("3,M\xfcller\r\n", "latin1")),
      /Source/,
    ],
    [
      "with a newer refresh",
      (folder) => mkdir(join(folder, "Customer/2026/12/1/0330"), { recursive: true }),
      /newer refresh \(2026\/12\/1\/0330\) than the one that model\.json names \(2026\/11\/30\/0330\)/,
    ],
    [
      "with a part that is not named",
      (folder) => writeWithin(folder, "Customer/2026/11/30/0330/Customer_3.csv", "4,d\r\n"),
      /Customer_3\.csv is part of the refresh/,
    ],
    [
      "with a folder for a partition",
      async (folder) => {
        await rm(join(folder, SECOND));
        await mkdir(join(folder, SECOND));
      },
      /Customer_2\.csv is a folder/,
    ],
    [
      "with a partition that leads elsewhere",
      async (folder) => {
        await rm(join(folder, SECOND));
        await symlink("/etc/hostname", join(folder, SECOND));
      },
      /leads out of the project folder/,
    ],
    [
      "with a model.json that is cut off",
      (folder) => writeFile(join(folder, "model.json"), JSON.stringify(modelJson([customers])).slice(0, -20)),
      /not JSON, or it is cut off/,
    ],
    [
      "with a model.json of another version",
      (folder) =>
        writeFile(join(folder, "model.json"), JSON.stringify({ ...modelJson([customers]), version: "2.0" })),
      /not a model\.json of version 1\.0/,
    ],
    [
      "without a model.json",
      (folder) => rename(join(folder, "model.json"), join(folder, "Customer/model.json")),
      /neither a model\.json nor a manifest/,
    ],
  ])("%s", async (_what, spoil, said) => {
    const folder = await exported();
    await spoil(folder);
    const { message, hint } = await failureOf(loadCdm(opened(), folder));
    expect(message).toMatch(said);
    expect(message).toMatch(/^Source "crm \d+"/);
    expect(`${message} ${hint}`).not.toMatch(/@example|Müller/);
  });

  test("whose partitions lie in several storages, or outside of it", async () => {
    const folder = await exported();
    const model = JSON.stringify(modelJson([customers]));
    await writeFile(join(folder, "model.json"), model.replace("acme.dfs", "other.dfs"));
    expect((await failureOf(loadCdm(opened(), folder))).message).toMatch(/different storages/);
    for (const way of [
      "https://acme.dfs.core.windows.net/a%2f..%2f..%2fetc/passwd",
      "https://<account>/x.csv",
      "../x.csv",
      "",
    ]) {
      await writeFile(
        join(folder, "model.json"),
        model.replace(`${STORAGE}/${FIRST}`, way).replace(`${STORAGE}/${SECOND}`, way),
      );
      expect((await failureOf(loadCdm(opened(), folder))).message, way).toMatch(
        /neither an address nor a path|is not beside it|different storages/,
      );
    }
  });

  test("whose table is called otherwise, and those that there are are told", async () => {
    expect(await failureOf(loadCdm(opened(), await exported(), { entity: "Customers" }))).toMatchObject({
      kind: "not-found",
      message: expect.stringContaining('there is no table "Customers" in it'),
      hint: "Its tables are Customer.",
    });
  });

  test("that has its descriptions in folders below, which are told", async () => {
    const root = await newFolder(opened());
    await writeCdmFolder(join(root, "ci_0f14/Profiles"), [customers]);
    expect(await failureOf(loadCdm(opened(), root))).toMatchObject({
      hint: "Name one of those below it: ci_0f14/Profiles/model.json.",
    });
  });

  test("that names partitions of two refreshes", async () => {
    const other = "Customer/2026/11/29/0330/Customer_2.csv";
    const entity = { ...customers, partitions: { [FIRST]: [["1", "a"]], [other]: [["2", "b"]] } };
    expect((await failureOf(loadCdm(opened(), await exported([entity])))).message).toMatch(
      /several refreshes/,
    );
  });

  test.each<[string, object]>([
    ["another kind of settings", { $type: "JsonFormatSettings" }],
    ["another encoding", { encoding: "UTF-16" }],
    ["a long delimiter", { delimiter: "||" }],
    ["an unknown style of quotes", { quoteStyle: "QuoteStyle.Backslash" }],
  ])("with %s", async (_what, settings) => {
    const folder = await inOneFile("1,a\n", settings, { id: "string", name: "string" });
    expect(await failureOf(loadCdm(opened(), folder))).toMatchObject({
      kind: "invalid",
      message: expect.stringContaining("is not read here"),
    });
  });

  test("whose first synchronisation is not over", async () => {
    const annotations = [{ name: "Athena:InitialSyncState", value: "InProgress" }];
    expect(await failureOf(loadCdm(opened(), await exported([{ ...customers, annotations }])))).toMatchObject(
      { kind: "transient" },
    );
  });
});

describe("a folder that changes while it is read is refused, when", () => {
  test.each<[string, (folder: string) => Promise<unknown>]>([
    ["a partition is written again", (folder) => utimes(join(folder, FIRST), 5, 5)],
    [
      "a partition is replaced",
      async (folder) => {
        await writeFile(join(folder, "new"), "3,c\r\n");
        await rename(join(folder, "new"), join(folder, SECOND));
      },
    ],
    ["a partition goes", (folder) => rm(join(folder, SECOND))],
    [
      "model.json is written again",
      (folder) => writeFile(join(folder, "model.json"), JSON.stringify(modelJson([customers]))),
    ],
    ["a refresh begins", (folder) => mkdir(join(folder, "Customer/2026/12/01/0330"), { recursive: true })],
  ])("%s", async (_what, change) => {
    const folder = await exported();
    const { kind } = await failureOf(loadCdm(opened(), folder, {}, () => change(folder)));
    expect(kind === "transient" || kind === "invalid" || kind === "permanent").toBe(true);
  });
});

test("a last line without its end is taken where the config says so", async () => {
  const folder = await inOneFile('"1","a"\r\n"2","b"', {}, { id: "string", name: "string" });
  expect((await loadCdm(opened(), folder, { finalNewline: "optional" })).rows).toBe(2);
});

test("columns of one name are told and left out", async () => {
  const folder = await exported();
  const model = JSON.stringify(modelJson([customers])).replace('"name":"CustomerId"', '"name":"EMAIL"');
  await writeFile(join(folder, "model.json"), model.replace('"entities"', '"x":1,"entities"'));
  await writeFile(join(folder, "model.json"), model.replace('[{"name":"EMAIL"', '[{"name":"EMAIL"'));
  expect(await failureOf(loadCdm(opened(), folder))).toMatchObject({
    message: expect.stringContaining("same name"),
  });
});

test("its columns are known without reading a row", async () => {
  const folder = await exported();
  const read = await openCdm(cdmSource(folder));
  expect(await read.columnNames(() => Promise.reject(new Error("no engine is needed")))).toEqual({
    names: ["CustomerId", "Email"],
    all: true,
  });
});
