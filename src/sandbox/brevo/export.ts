import { EMAIL_BLOCKED, SMS_BLOCKED } from "../store/contacts.js";
import type { BrevoData } from "./account.js";
import { csvField } from "./csv.js";

export interface ExportColumns {
  readonly mandatory: boolean;
  readonly attributes: readonly string[];
  readonly listIds: boolean;
  readonly times: readonly string[];
  readonly channels: readonly string[];
}

const ROWS_PER_CHUNK = 2000;

/** What is exported, fixed when the process ends; texts are shared with the table, not copied. */
interface Snapshot {
  readonly emails: readonly string[];
  readonly texts: readonly string[];
  readonly flags: Uint8Array;
  readonly lists: Uint32Array;
  readonly created: Float64Array;
  readonly modified: Float64Array;
}

function snapshotOf({ contacts }: BrevoData, rows: Uint32Array): Snapshot {
  return {
    emails: Array.from(rows, (row) => contacts.emails[row] ?? ""),
    texts: Array.from(rows, (row) => contacts.texts[row] ?? "{}"),
    flags: Uint8Array.from(rows, (row) => contacts.flags[row] ?? 0),
    lists: rows.map((row) => contacts.lists[row] ?? 0),
    created: Float64Array.from(rows, (row) => contacts.created[row] ?? 0),
    modified: Float64Array.from(rows, (row) => contacts.modified[row] ?? 0),
  };
}

/**
 * The CSV of an export, in chunks. Separator, column names, the day form
 * `DD-MM-YYYY` and the list form `[1|2]` are those of real exports as their
 * consumers read them; how booleans look there is inferred.
 */
export function exportChunks(
  data: BrevoData,
  rows: Uint32Array,
  columns: ExportColumns,
): () => Iterable<string> {
  const snapshot = snapshotOf(data, rows);
  const names = columns.attributes.filter((name) => !(columns.mandatory && name === "EMAIL"));
  const times = columns.mandatory ? ["ADDED_TIME", "MODIFIED_TIME"] : columns.times;
  const head = [
    ...(columns.mandatory ? ["EMAIL"] : []),
    ...names,
    ...times,
    ...(columns.listIds ? ["_listIds"] : []),
    ...(columns.channels.length > 0 ? ["_SUBSCRIBED", "_BLOCKLISTED"] : []),
  ];
  function line(at: number): string {
    const email = csvField(snapshot.emails[at] ?? "");
    const fields = columns.mandatory ? [email] : [];
    if (names.length > 0) {
      const attributes = JSON.parse(snapshot.texts[at] ?? "{}") as Record<string, unknown>;
      for (const name of names) fields.push(name === "EMAIL" ? email : written(attributes[name]));
    }
    for (const name of times)
      fields.push(day(name === "ADDED_TIME" ? snapshot.created[at] : snapshot.modified[at]));
    if (columns.listIds) fields.push(`[${data.contacts.sets.members(snapshot.lists[at] ?? 0).join("|")}]`);
    if (columns.channels.length > 0) fields.push(...channels(snapshot.flags[at] ?? 0, columns));
    return `${fields.join(";")}\n`;
  }
  return function* chunks() {
    yield `${head.join(";")}\n`;
    for (let from = 0; from < rows.length; from += ROWS_PER_CHUNK) {
      let chunk = "";
      for (let at = from; at < Math.min(from + ROWS_PER_CHUNK, rows.length); at++) chunk += line(at);
      yield chunk;
    }
  };
}

function written(value: unknown): string {
  if (value === undefined) return "";
  if (typeof value === "boolean") return value ? "Yes" : "No";
  if (Array.isArray(value)) return csvField(`[${value.join("|")}]`);
  if (typeof value !== "string") return JSON.stringify(value);
  const date = value.length === 10 ? /^(\d{4})-(\d{2})-(\d{2})$/.exec(value) : null;
  return date ? `${date[3]}-${date[2]}-${date[1]}` : csvField(value);
}

const DAY_MS = 86_400_000;
let lastDay = { number: Number.NaN, text: "" };

/** `DD-MM-YYYY`; contacts come in days. */
function day(ms = 0): string {
  const number = Math.floor(ms / DAY_MS);
  if (number !== lastDay.number)
    lastDay = { number, text: new Date(ms).toISOString().slice(0, 10).split("-").toReversed().join("-") };
  return lastDay.text;
}

/** The channels that are open and those that are blocked. */
function channels(flags: number, columns: ExportColumns): [string, string] {
  const blocked = (channel: string): boolean =>
    (flags & (channel === "sms_marketing" ? SMS_BLOCKED : EMAIL_BLOCKED)) !== 0;
  return [
    columns.channels.filter((channel) => !blocked(channel)).join("|"),
    columns.channels.filter(blocked).join("|"),
  ];
}
