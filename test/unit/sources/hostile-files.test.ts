import { chmod, copyFile, link, mkdir, readFile, rename, symlink, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { describe, expect, it, onTestFinished, test } from "vitest";
import { findMatches } from "../../../src/platform/files/find-matches.js";
import type { DuckdbSource } from "../../../src/sources/duckdb/duckdb-source.js";
import type { FilesSource } from "../../../src/sources/files/files-source.js";
import { literal } from "../../../src/plugin/relation.js";
import { duckdb } from "../../../src/sources/duckdb/index.js";
import { manifest as duckdbKind } from "../../../src/sources/duckdb/manifest.js";
import { manifest as filesKind } from "../../../src/sources/files/manifest.js";
import { files } from "../../../src/sources/files/index.js";
import { SharedThings } from "../../../src/run/shared.js";
import { sharedEngine } from "../../support/engine.js";
import { asNobody, CANARY, folderElsewhere, HOSTILE } from "../../support/hostile-files.js";
import { failureOf, loadDatabase, loadFiles } from "./support.js";

const opened = sharedEngine();
const signal = new AbortController().signal;
const NOTHING = { columns: {}, minimumRows: undefined, maxAge: undefined };

function filesOf(folder: string, path: string, format?: FilesSource["format"]): FilesSource {
  return {
    ...NOTHING,
    type: "files",
    kind: filesKind,
    name: "people",
    paths: [path],
    folder,
    format,
    delimiter: undefined,
    rules: {},
  };
}

function databaseOf(path: string): DuckdbSource {
  return {
    ...NOTHING,
    type: "duckdb",
    kind: duckdbKind,
    folder: "/",
    name: "people",
    path,
    table: "people",
    sql: undefined,
  };
}

/** Places that name a file, with its name. */
const PLACES: readonly [name: string, file: string, open: (folder: string) => Promise<unknown>][] = [
  [
    "a CSV file",
    "a.csv",
    (folder) =>
      files.open(filesOf(folder, "a.csv"), {
        within: [folder],
        secrets: {},
        shared: new SharedThings(),
        signal,
      }),
  ],
  [
    "packed files that a pattern finds",
    "deep/a.csv.gz",
    (folder) =>
      files.open(filesOf(folder, "**/*.csv.gz"), {
        within: [folder],
        secrets: {},
        shared: new SharedThings(),
        signal,
      }),
  ],
  [
    "a file of addresses",
    "a.txt",
    (folder) =>
      files.open(filesOf(folder, "a.txt", "addresses"), {
        within: [folder],
        secrets: {},
        shared: new SharedThings(),
        signal,
      }),
  ],
  [
    "a Parquet file",
    "a.parquet",
    (folder) =>
      files.open(filesOf(folder, "a.parquet"), {
        within: [folder],
        secrets: {},
        shared: new SharedThings(),
        signal,
      }),
  ],
  [
    "a database",
    "a.db",
    (folder) =>
      duckdb.open(databaseOf(join(folder, "a.db")), {
        within: [folder],
        secrets: {},
        shared: new SharedThings(),
        signal,
      }),
  ],
];

describe.each(PLACES)("%s", (place, file, open) => {
  it.each(HOSTILE)("may not be $name", async ({ name, put, said }) => {
    // Patterns find files only.
    if (name === "a folder" && place.includes("pattern")) return;
    const folder = await folderElsewhere();
    await mkdir(join(folder, "deep"));
    await put(join(folder, file));
    const { message } = await failureOf(open(folder));
    expect(message).toContain('Source "people"');
    expect(message).toMatch(said);
    expect(message).not.toContain(CANARY);
  });
});

it("the log of a database may not lead elsewhere", async () => {
  const folder = await folderElsewhere();
  await writeFile(join(folder, "a.db"), "");
  await symlink("/dev/zero", join(folder, "a.db.wal"));
  const { message } = await failureOf(
    duckdb.open(databaseOf(join(folder, "a.db")), {
      within: [folder],
      secrets: {},
      shared: new SharedThings(),
      signal,
    }),
  );
  expect(message).toContain("leads out of");
});

it("the engine is given places without links", async () => {
  const folder = await folderElsewhere();
  await writeFile(join(folder, "a.csv"), "email\n");
  await symlink("a.csv", join(folder, "b.csv"));
  const read = await files.open(filesOf(folder, "*.csv"), {
    within: [folder],
    secrets: {},
    shared: new SharedThings(),
    signal,
  });
  expect(read.files).toEqual([join(folder, "a.csv")]);
});

describe("a file that is replaced while it is read", () => {
  it.each<[string, (path: string, other: string) => Promise<void>]>([
    [
      "by a link to one that is the same",
      async (path, other) => {
        await rename(path, other);
        await symlink(other, path);
      },
    ],
    [
      "by another of the same size and time",
      async (path, other) => {
        await copyFile(path, other);
        await rename(other, path);
      },
    ],
  ])("%s is refused", async (_name, replace) => {
    const folder = await folderElsewhere();
    await writeFile(join(folder, "a.csv"), "email\na@example.com\n");
    const read = await files.open(filesOf(folder, "a.csv"), {
      within: [folder],
      secrets: {},
      shared: new SharedThings(),
      signal,
    });
    await replace(join(folder, "a.csv"), join(folder, "b"));
    const { kind, message } = await failureOf(read.seal(1));
    expect([kind, message]).toEqual(["transient", 'Source "people": a.csv changed while it was being read.']);
  });

  it("by itself under another name is the same", async () => {
    const folder = await folderElsewhere();
    await writeFile(join(folder, "a.csv"), "email\na@example.com\n");
    const read = await files.open(filesOf(folder, "a.csv"), {
      within: [folder],
      secrets: {},
      shared: new SharedThings(),
      signal,
    });
    await link(join(folder, "a.csv"), join(folder, "b.csv"));
    await expect(read.seal(1)).resolves.toMatchObject({ proof: "the end of its last line" });
  });
});

describe("what lies in a folder that this user may not look into", () => {
  it("is not taken for gone", async () => {
    const folder = await folderElsewhere();
    await chmod(folder, 0o755);
    await mkdir(join(folder, "2026"));
    await writeFile(join(folder, "a.csv"), "email\n");
    await writeFile(join(folder, "2026/b.csv"), "email\n");
    await chmod(join(folder, "2026"), 0);
    onTestFinished(() => chmod(join(folder, "2026"), 0o700));
    const open = (path: string): Promise<unknown> =>
      asNobody(() =>
        files.open(filesOf(folder, path), {
          within: [folder],
          secrets: {},
          shared: new SharedThings(),
          signal,
        }),
      );
    for (const pattern of ["**/*.csv", "2026/*.csv", "2026/b.csv"]) {
      const { message } = await failureOf(open(pattern));
      expect(message, pattern).toMatch(/2026.* cannot be read: permission denied/);
    }
  });

  it("links that go round and round end", async () => {
    const folder = await folderElsewhere();
    const names = Array.from({ length: 8 }, (_, index) => `d${index}`);
    for (const name of names) await mkdir(join(folder, name));
    for (const name of names)
      for (const other of names) await symlink(`../${other}`, join(folder, name, other));
    const search = { folder, within: [folder], outside: "refuse" } as const;
    await expect(findMatches("**/*.csv", search)).rejects.toThrow("has too many linked folders");
  });
});

describe("a damaged file is named, and what is wrong with it", () => {
  const rows = Array.from({ length: 20_000 }, (_, row) => `p${row}@example.com,${CANARY}${Math.sin(row)}`);
  const whole = `email,name\n${rows.join("\n")}\n`;
  const packed = gzipSync(whole);
  const turned = (bytes: Buffer, from: number, to: number): Buffer => {
    const copy = Buffer.from(bytes);
    for (let at = from; at < to; at += 1) copy[at] = (copy[at] ?? 0) ^ 0x5a;
    return copy;
  };

  test.each<[string, string, Buffer, string]>([
    ["cut off", "a.csv.gz", packed.subarray(0, packed.length / 2), "is cut off"],
    ["cut off after its head", "a.csv.gz", packed.subarray(0, 12), "is cut off"],
    ["with nothing in it", "a.csv.gz", Buffer.alloc(0), "is cut off"],
    ["of a wrong checksum", "a.csv.gz", turned(packed, packed.length - 8, packed.length - 4), "is damaged"],
    ["changed in its middle", "a.csv.gz", turned(packed, 2000, 2100), "is damaged"],
    ["changed at its start", "a.csv.gz", turned(packed, 12, 200), "is damaged"],
    ["with something behind", "a.csv.gz", Buffer.concat([packed, Buffer.from("garbage")]), "is damaged"],
    ["not packed at all", "a.csv.gz", Buffer.from(whole), "is not packed with gzip"],
    ["not packed at all", "a.jsonl.gz", Buffer.from("{}\n"), "is not packed with gzip"],
    ["not packed at all", "a.csv.zst", Buffer.from(whole), "is not packed with zstd"],
    ["with nothing in it", "a.parquet", Buffer.alloc(0), "is not a Parquet file"],
    ["of another format", "a.parquet", Buffer.from(whole), "is not a Parquet file"],
    [
      "of another format",
      "a.csv",
      Buffer.from([0x50, 0x4b, 3, 4, 0xff, 0xfe, 0, 0, 10, 44, 44, 10]),
      "a.csv",
    ],
  ])("%s: %s", async (_name, file, bytes, said) => {
    const { kind, message } = await failureOf(loadFiles(opened(), { [file]: bytes }));
    expect([kind, message]).toEqual(["invalid", expect.stringContaining(said)]);
    expect(message).toContain(file);
    expect(message).not.toContain(CANARY);
  });

  test("Parquet that is cut off, or changed where it says what is in it", async () => {
    const { engine, data } = opened();
    await engine.run(`COPY (SELECT 1 AS id) TO ${literal(join(data, "whole.parquet"))}`);
    const bytes = await readFile(join(data, "whole.parquet"));
    for (const damaged of [bytes.subarray(0, -9), turned(bytes, bytes.length - 40, bytes.length - 8)]) {
      const { message } = await failureOf(loadFiles(opened(), { "b.parquet": damaged }));
      expect(message).toContain("b.parquet");
    }
  });

  test("a database that is cut off or changed, and the others can still be read", async () => {
    const { engine, data } = opened();
    const path = join(data, "people.db");
    await engine.run(`ATTACH ${literal(path)} AS made`);
    await engine.run("CREATE TABLE made.people AS SELECT i AS id FROM range(100000) t(i)");
    await engine.run("DETACH made");
    const bytes = await readFile(path);
    for (const damaged of [
      bytes.subarray(0, bytes.length / 2),
      turned(bytes, 20_000, 90_000),
      Buffer.from("x"),
    ]) {
      await writeFile(join(data, "damaged.db"), damaged);
      const load = loadDatabase(opened(), join(data, "damaged.db"), { table: "people" });
      expect((await failureOf(load)).message).toContain("damaged.db");
      expect((await loadDatabase(opened(), path, { table: "people" })).rows).toBe(100_000);
    }
  });
});
