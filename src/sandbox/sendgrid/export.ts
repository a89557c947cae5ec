import type { SendgridData } from "./account.js";
import { time } from "./jobs.js";

const ROWS_PER_CHUNK = 2000;

/** What is exported, fixed when the export ends; texts are shared with the table, not copied. */
interface Snapshot {
  readonly rows: Uint32Array;
  readonly emails: readonly string[];
  readonly texts: readonly string[];
  readonly custom: readonly string[];
  readonly created: Float64Array;
  readonly modified: Float64Array;
}

/** Contacts of some lists, or of the account. */
export function snapshotOf(data: SendgridData, lists: readonly number[]): Snapshot {
  const { contacts } = data;
  const [first, ...more] = lists;
  let rows = contacts.scan(first === undefined ? {} : { list: first });
  if (more.length > 0) {
    const all = new Set(lists.flatMap((list) => [...contacts.scan({ list })]));
    rows = Uint32Array.from(all).sort();
  }
  const pick = (column: readonly string[]): string[] => Array.from(rows, (row) => column[row] ?? "");
  return {
    rows,
    emails: pick(contacts.emails),
    texts: pick(contacts.texts),
    custom: pick(contacts.custom),
    created: Float64Array.from(rows, (row) => contacts.created[row] ?? 0),
    modified: Float64Array.from(rows, (row) => contacts.modified[row] ?? 0),
  };
}

/** One JSON object a line; the id is called `contact_id` there. */
export function* jsonLines(data: SendgridData, snapshot: Snapshot): Generator<string> {
  const written = memo(time);
  for (let from = 0; from < snapshot.rows.length; from += ROWS_PER_CHUNK) {
    let chunk = "";
    const end = Math.min(from + ROWS_PER_CHUNK, snapshot.rows.length);
    for (let at = from; at < end; at++) {
      const reserved = (snapshot.texts[at] ?? "{}").slice(1, -1);
      chunk +=
        `{"contact_id":"${data.ids.id(snapshot.rows[at] ?? 0)}","email":${JSON.stringify(snapshot.emails[at])},` +
        `${reserved === "" ? "" : `${reserved},`}"created_at":"${written(snapshot.created[at] ?? 0)}",` +
        `"updated_at":"${written(snapshot.modified[at] ?? 0)}","custom_fields":${snapshot.custom[at] ?? "{}"}}\n`;
    }
    yield chunk;
  }
}

const COLUMNS = [
  "first_name",
  "last_name",
  "address_line_1",
  "address_line_2",
  "city",
  "state_province_region",
  "postal_code",
  "country",
  "alternate_emails",
  "phone_number",
  "whatsapp",
  "line",
  "facebook",
  "unique_name",
  "phone_number_id",
  "external_id",
  "anonymous_id",
];

export function* csv(data: SendgridData, snapshot: Snapshot): Generator<string> {
  const written = memo(time);
  const custom = [...data.fields.values()].map(({ name }) => name);
  const head = ["email", ...COLUMNS, "created_at", "updated_at", "contact_id"];
  yield `${[...head.map((name) => name.toUpperCase()), ...custom.map(field)].join()}\n`;
  for (let from = 0; from < snapshot.rows.length; from += ROWS_PER_CHUNK) {
    let chunk = "";
    const end = Math.min(from + ROWS_PER_CHUNK, snapshot.rows.length);
    for (let at = from; at < end; at++) {
      const reserved = JSON.parse(snapshot.texts[at] ?? "{}") as Record<string, unknown>;
      const values = JSON.parse(snapshot.custom[at] ?? "{}") as Record<string, unknown>;
      const fields = [
        field(snapshot.emails[at]),
        ...COLUMNS.map((name) => field(reserved[name])),
        written(snapshot.created[at] ?? 0),
        written(snapshot.modified[at] ?? 0),
        data.ids.id(snapshot.rows[at] ?? 0),
        ...custom.map((name) => field(values[name])),
      ];
      chunk += `${fields.join()}\n`;
    }
    yield chunk;
  }
}

function field(value: unknown): string {
  if (value === undefined || value === "") return "";
  const text =
    typeof value === "string" ? value : Array.isArray(value) ? value.join() : JSON.stringify(value);
  return /[,"\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

/** Contacts of one request share their times. */
function memo(write: (ms: number) => string): (ms: number) => string {
  let last = Number.NaN;
  let text = "";
  return (ms) => {
    if (ms !== last) {
      last = ms;
      text = write(ms);
    }
    return text;
  };
}
