import { readdir } from "node:fs/promises";
import { basename, dirname, join, relative, sep } from "node:path";
import { Failure } from "../../model/failure.js";
import { shownPath } from "../../platform/files/file-fault.js";
import type { PlacedPartition } from "./table.js";

/** `<table>/<year>/<month>/<day>/<hour and minute>/<file>`, as Customer Insights writes each refresh. */
const DATED = /^(?<table>.*?)(?<date>\d{4}\/\d{1,2}\/\d{1,2}\/\d{4})$/;
const LEVELS = [/^\d{4}$/, /^\d{1,2}$/, /^\d{1,2}$/, /^\d{4}$/];

/**
 * Throws where another refresh than that of `document` is in the folders: one that is being written, or was cut off,
 * or whose description did not come along. Old people would be taken for those of today.
 */
export async function checkRefresh(partitions: readonly PlacedPartition[], document: string): Promise<void> {
  const root = dirname(document);
  const name = basename(document);
  const folders = [...new Set(partitions.map(({ path }) => dirname(path)))];
  const dated = folders.flatMap((folder) => {
    const { table, date } = DATED.exec(relative(root, folder).split(sep).join("/"))?.groups ?? {};
    return table === undefined || date === undefined ? [] : [{ folder, table: join(root, table), date }];
  });
  const [first] = dated;
  if (first === undefined) return;
  if (folders.length > 1)
    throw new Failure("invalid", `${name} names partitions of several refreshes of the table.`, {
      hint: "Export again, and copy the whole folder.",
    });
  const newest = (await datesIn(first.table)).map((date) => ({ date, order: orderOf(date) }));
  const newer = newest.find(({ order }) => order > orderOf(first.date));
  if (newer !== undefined)
    throw new Failure(
      "transient",
      `there is a newer refresh (${newer.date}) than the one that ${name} names (${first.date}).`,
      {
        hint: `It is being written, was cut off, or ${name} was copied before it. Run again when the export is done and copied whole, ${name} last.`,
      },
    );
  const named = new Set(partitions.map(({ path }) => basename(path)));
  const unnamed = (await readdir(first.folder)).find(
    (file) => /\.(csv|parquet)$/i.test(file) && !named.has(file),
  );
  if (unnamed !== undefined)
    throw new Failure(
      "transient",
      `${shownPath(unnamed)} is part of the refresh, and ${name} does not name it.`,
      {
        hint: "Run again when the export is done and copied whole.",
      },
    );
}

function orderOf(date: string): string {
  return date
    .split("/")
    .map((part) => part.padStart(4, "0"))
    .join("/");
}

/** The refreshes that have a folder below this one. */
async function datesIn(folder: string): Promise<readonly string[]> {
  let found: readonly string[] = [""];
  for (const level of LEVELS) {
    const next: string[] = [];
    for (const above of found)
      for (const entry of await readdir(join(folder, above), { withFileTypes: true }))
        if (entry.isDirectory() && level.test(entry.name))
          next.push(above === "" ? entry.name : `${above}/${entry.name}`);
    found = next;
  }
  return found;
}
