export type FieldType = "Text" | "Number" | "Date";

export interface CustomField {
  readonly id: string;
  readonly name: string;
  readonly type: FieldType;
  /** Epoch milliseconds; upserts that use it before are refused. */
  readonly usableFrom: number;
}

/** Reserved fields that requests may set, with the longest value (API reference; marketing contacts guide). */
export const WRITABLE: ReadonlyMap<string, number> = new Map(
  Object.entries({
    first_name: 50,
    last_name: 50,
    address_line_1: 100,
    address_line_2: 100,
    city: 60,
    state_province_region: 50,
    postal_code: 254,
    country: 50,
    phone_number: 254,
    whatsapp: 254,
    line: 254,
    facebook: 254,
    unique_name: 254,
    phone_number_id: 254,
    external_id: 254,
    anonymous_id: 254,
  }),
);

/** Those that identify a contact besides its e-mail address. */
export const IDENTIFIERS = ["phone_number_id", "external_id", "anonymous_id"] as const;

const NAMES: readonly (readonly [string, FieldType, boolean])[] = [
  ["first_name", "Text", false],
  ["last_name", "Text", false],
  ["email", "Text", false],
  ["alternate_emails", "Text", false],
  ["address_line_1", "Text", false],
  ["address_line_2", "Text", false],
  ["city", "Text", false],
  ["state_province_region", "Text", false],
  ["postal_code", "Text", false],
  ["country", "Text", false],
  ["phone_number", "Text", false],
  ["whatsapp", "Text", false],
  ["line", "Text", false],
  ["facebook", "Text", false],
  ["unique_name", "Text", false],
  ["phone_number_id", "Text", false],
  ["external_id", "Text", false],
  ["anonymous_id", "Text", false],
  ["email_domains", "Text", true],
  ["last_clicked", "Date", true],
  ["last_opened", "Date", true],
  ["last_emailed", "Date", true],
  ["singlesend_id", "Text", true],
  ["automation_id", "Text", true],
  ["created_at", "Date", true],
  ["updated_at", "Date", true],
  ["contact_id", "Text", true],
  // As live accounts list them: reserved, and not read-only (recorded traffic).
  ["list_ids", "Text", false],
  ["segment_ids", "Text", false],
];

/** What `GET /v3/marketing/field_definitions` shows as reserved. */
export const RESERVED = NAMES.map(([name, type, readOnly], index) => ({
  id: `_rf${index}_${type[0]}`,
  name,
  field_type: type,
  ...(readOnly ? { read_only: true } : {}),
}));

export const RESERVED_NAMES: ReadonlySet<string> = new Set(NAMES.map(([name]) => name));

/** A custom value as it is stored; undefined when it has the wrong type. */
export function customValue(type: FieldType, raw: unknown): string | number | undefined {
  if (type === "Number") return typeof raw === "number" ? raw : undefined;
  if (typeof raw !== "string") return undefined;
  return type === "Date" ? dateValue(raw) : raw;
}

const AMERICAN = /^(\d{1,2})\/(\d{1,2})\/(\d{4})$/;
const ISO = /^\d{4}-\d{2}-\d{2}(?:T.*)?$/;

/** Birthdays repeat: at most this many distinct texts are remembered. */
const REMEMBERED = 50_000;
const dates = new Map<string, string | undefined>();

/** ISO 8601 or M/D/YYYY; kept as UTC to the second. */
function dateValue(raw: string): string | undefined {
  if (dates.has(raw)) return dates.get(raw);
  const american = AMERICAN.exec(raw);
  const ms = american
    ? Date.UTC(Number(american[3]), Number(american[1]) - 1, Number(american[2]))
    : ISO.test(raw)
      ? Date.parse(raw)
      : Number.NaN;
  const value = Number.isNaN(ms) ? undefined : `${new Date(ms).toISOString().slice(0, 19)}Z`;
  if (dates.size >= REMEMBERED) dates.clear();
  dates.set(raw, value);
  return value;
}
