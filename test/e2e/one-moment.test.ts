import { rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { afterEach, beforeEach, expect, it } from "vitest";
import { openProject, type Project, type Yaml } from "../support/project.js";
import { remoteOf } from "../support/remote.js";
import { rollcall } from "../support/rollcall.js";
import { withSql } from "../support/sql.js";

/** A time with an offset is one moment, whatever format it comes in. */
let project: Project;
beforeEach(async () => {
  project = await openProject();
  await remoteOf(project, "file").addList("customers");
});
afterEach(() => project.stop());

const FORMATS = ["csv", "jsonl", "parquet", "duckdb"] as const;

/** Rows of `ann@example.com` with a name and the text of a time. */
async function write(
  format: (typeof FORMATS)[number],
  rows: readonly (readonly [string, string])[],
): Promise<Yaml> {
  const path = join(project.folder, `people.${format}`);
  await rm(path, { force: true });
  const values = rows.map(([name, seen]) => `('ann@example.com', '${name}', '${seen}')`);
  const sql = `SELECT * FROM (VALUES ${values.join(", ")}) AS t(email, name, seen)`;
  if (format === "csv")
    await writeFile(
      path,
      `email,name,seen\n${rows.map(([name, seen]) => `ann@example.com,${name},${seen}\n`).join("")}`,
    );
  else if (format === "jsonl")
    await writeFile(
      path,
      rows.map(([name, seen]) => `${JSON.stringify({ email: "ann@example.com", name, seen })}\n`).join(""),
    );
  else
    await withSql((to) =>
      format === "parquet"
        ? to.run(`COPY (${sql}) TO '${path}' (FORMAT parquet)`)
        : to.run(`ATTACH '${path}' AS made; CREATE TABLE made.people AS ${sql}; DETACH made`),
    );
  return format === "duckdb"
    ? { type: "duckdb", path: "people.duckdb", table: "people" }
    : { type: "files", path: `people.${format}` };
}

const configure = (source: Yaml, segment: Yaml, more: Yaml = {}): Promise<void> =>
  project.config({
    timezone: "America/New_York",
    sources: { people: { ...source, ...more } },
    segments: { all: { source: "people", ...segment } },
    exports: {
      weekly: {
        connection: "file",
        list: "customers",
        segments: ["all"],
        match: { email: "email" },
        attributes: { name: "name", seen: "seen" },
      },
    },
  });

it.each([
  [
    "offsets",
    ["2026-01-02T08:00:00-04:00", "2026-01-02T09:00:00+02:00", "2026-01-02T11:59Z"],
    0,
    "seen desc",
  ],
  [
    "letters between day and time",
    ["2026-01-02T08:00:00", "2026-01-02 09:00:00", "2026-01-02T07:00"],
    1,
    '"Seen" DESC NULLS LAST, name',
  ],
])("the latest of times with %s wins, in every format", async (_, times, latest, orderBy) => {
  for (const format of FORMATS) {
    const source = await write(
      format,
      times.map((at, index) => [`Name ${index}`, at] as const),
    );
    await configure(source, { orderBy });
    const { code, stderr } = await rollcall(["apply", "--auto-approve"], { cwd: project.folder });
    expect({ format, code, stderr: code === 0 ? "" : stderr }).toEqual({ format, code: 0, stderr: "" });
    const members = await remoteOf(project, "file").members("customers");
    expect({ format, ...members.get("ann@example.com") }).toMatchObject({
      format,
      name: `Name ${latest}`,
      seen: times[latest],
    });
    const { checks, counts } = await project.planOf("weekly");
    expect({ format, checks, update: counts.update }).toEqual({ format, checks: [], update: 0 });
  }
});

it("a time that is text in Parquet or DuckDB stays text for SQL", async () => {
  const rows = [
    ["Old", "2025-01-02T09:00:00+02:00"],
    ["New", "2026-01-02T08:00:00-04:00"],
  ] as const;
  for (const format of ["parquet", "duckdb"] as const) {
    await configure(await write(format, rows), {
      where: "substr(seen, 1, 4) = '2025' and seen like '%+02:00'",
      orderBy: "seen",
    });
    expect((await project.planOf("weekly")).counts).toMatchObject({ add: 1 });
  }
});

it("the age of the data is the same from every format, also in the hour when clocks go back", async () => {
  // Half past one comes twice in New York on that day; between the two lies the oldest time that is allowed.
  const allowed = Math.round((Date.now() - Date.parse("2025-11-02T06:00Z")) / 60_000);
  for (const [at, stale] of [
    ["2025-11-02T01:30-05:00", 0],
    ["2025-11-02T06:30:00Z", 0],
    ["2025-11-02T01:30-04:00", 1],
  ] as const) {
    for (const format of FORMATS) {
      const maxAge = { maxAge: `${allowed}m`, column: "seen" };
      await configure(await write(format, [["Ann", at]]), {}, { maxAge });
      const { error, checks } = await project.planOf("weekly");
      expect({ at, format, error, stale: checks.length }).toEqual({ at, format, error: undefined, stale });
    }
  }
});
