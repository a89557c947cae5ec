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

/**
 * The CSV of an export, in chunks. What is exported is fixed when the process
 * ends; later changes do not show. Separator, column names, the day form
 * `DD-MM-YYYY` and the list form `[1|2]` are those of real exports as their
 * consumers read them; how booleans look there is inferred.
 */
export function exportChunks(
  data: BrevoData,
  rows: Uint32Array,
  columns: ExportColumns,
): () => Iterable<string> {
  const head = header(columns);
  const snapshot = Array.from(rows, (row) => ({
    email: data.contacts.emails[row] ?? "",
    text: data.contacts.texts[row] ?? "{}",
    rest: trailing(data, row, columns),
  }));
  return function* chunks() {
    yield `${head.join(";")}\n`;
    for (let from = 0; from < snapshot.length; from += ROWS_PER_CHUNK) {
      let chunk = "";
      for (const { email, text, rest } of snapshot.slice(from, from + ROWS_PER_CHUNK))
        chunk += `${[...leading(email, text, columns), ...rest].join(";")}\n`;
      yield chunk;
    }
  };
}

function header(columns: ExportColumns): string[] {
  return [
    ...(columns.mandatory ? ["EMAIL"] : []),
    ...columns.attributes.filter((name) => !(columns.mandatory && name === "EMAIL")),
    ...(columns.mandatory ? ["ADDED_TIME", "MODIFIED_TIME"] : columns.times),
    ...(columns.listIds ? ["_listIds"] : []),
    ...(columns.channels.length > 0 ? ["_SUBSCRIBED", "_BLOCKLISTED"] : []),
  ];
}

function leading(email: string, text: string, columns: ExportColumns): string[] {
  const fields = columns.mandatory ? [csvField(email)] : [];
  const names = columns.attributes.filter((name) => !(columns.mandatory && name === "EMAIL"));
  if (names.length === 0) return fields;
  const attributes = JSON.parse(text) as Record<string, unknown>;
  for (const name of names) fields.push(name === "EMAIL" ? csvField(email) : written(attributes[name]));
  return fields;
}

function written(value: unknown): string {
  if (value === undefined) return "";
  if (typeof value === "boolean") return value ? "Yes" : "No";
  if (Array.isArray(value)) return csvField(`[${value.join("|")}]`);
  const text = typeof value === "string" ? value : JSON.stringify(value);
  const date = /^(\d{4})-(\d{2})-(\d{2})$/.exec(text);
  return date ? `${date[3]}-${date[2]}-${date[1]}` : csvField(text);
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

function trailing(data: BrevoData, row: number, columns: ExportColumns): string[] {
  const { contacts } = data;
  const names = columns.mandatory ? ["ADDED_TIME", "MODIFIED_TIME"] : columns.times;
  const fields = names.map((name) =>
    day(name === "ADDED_TIME" ? contacts.created[row] : contacts.modified[row]),
  );
  if (columns.listIds) fields.push(`[${contacts.listsOf(row).join("|")}]`);
  if (columns.channels.length > 0) {
    const blocked = columns.channels.filter((channel) =>
      contacts.has(row, channel === "sms_marketing" ? SMS_BLOCKED : EMAIL_BLOCKED),
    );
    fields.push(
      columns.channels.filter((channel) => !blocked.includes(channel)).join("|"),
      blocked.join("|"),
    );
  }
  return fields;
}
