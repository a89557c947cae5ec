/** An attribute of a Brevo account. */
export interface Attribute {
  readonly name: string;
  readonly category: "normal" | "transactional" | "category" | "calculated" | "global";
  readonly type?: "text" | "date" | "float" | "id" | "boolean" | "multiple-choice" | "user";
  /** `valueStr` where the value is not a number; `value` is 0 then. */
  enumeration?: Option[];
  multiCategoryOptions?: string[];
  readonly calculatedValue?: string;
  readonly field_key?: string;
}

export interface Option {
  readonly value: number;
  readonly valueStr?: string;
  readonly label: string;
}

/** What contacts hold of an option. */
export function storedOption({ value, valueStr }: Option): number | string {
  return valueStr ?? value;
}

const NAMES = {
  en: ["LASTNAME", "FIRSTNAME"],
  fr: ["NOM", "PRENOM"],
  de: ["NACHNAME", "VORNAME"],
} as const;

/** What a new account has, as recorded; two names depend on its language. */
export function builtInAttributes(language: keyof typeof NAMES): Attribute[] {
  const counts = ["BLACKLIST", "READERS", "CLICKERS"].map((name) => {
    const events = name === "BLACKLIST" ? "BLACKLISTED" : name;
    const calculatedValue = `COUNT[${events},${events},<,NOW()]`;
    return { name, category: "global", type: "float", calculatedValue } as const;
  });
  const text = (name: string): Attribute => ({ name, category: "normal", type: "text" });
  const keyed = (name: string): Attribute => ({ ...text(name), field_key: name.toLowerCase() });
  return [
    ...counts,
    ...NAMES[language].map(keyed),
    { name: "_DETECTED_LANGUAGE", category: "category", enumeration: LANGUAGES },
    { name: "DOUBLE_OPT-IN", category: "category", enumeration: [...YES_OR_NO] },
    { name: "OPT_IN", category: "normal", type: "boolean" },
    ...["CONTACT_TIMEZONE", "EXT_ID", "LINKEDIN", "JOB_TITLE", "WHATSAPP", "LANDLINE_NUMBER"].map(text),
    keyed("SMS"),
  ];
}

const YES_OR_NO: readonly Option[] = [
  { value: 1, label: "Yes" },
  { value: 2, label: "No" },
];

/** Some of the 184 that were recorded. */
const LANGUAGES: Option[] = [
  { value: 0, valueStr: "de", label: "German" },
  { value: 0, valueStr: "en", label: "English" },
  { value: 0, valueStr: "fr", label: "French" },
];

/** What `normalise` makes of a value. */
export type Normalised = { readonly value: string | number | boolean | string[] } | "empty" | "wrong";

/**
 * A value in the form Brevo stores it. From CSV every value is text and read
 * by its type; in JSON the type has to match, otherwise the value is ignored
 * (API reference, create contact).
 */
export function normalise(attribute: Attribute, raw: unknown, fromCsv: boolean): Normalised {
  if (raw === null || raw === undefined || raw === "") return "empty";
  if (attribute.category === "category") return choice(attribute, raw);
  if (attribute.category !== "normal") return "wrong";
  switch (attribute.type) {
    case "float":
      return float(raw, fromCsv);
    case "boolean":
      return boolean(raw, fromCsv);
    case "date":
      return date(raw);
    case "multiple-choice":
      return multipleChoice(attribute, raw, fromCsv);
    default:
      return text(attribute.name, raw);
  }
}

const PHONES = new Set(["SMS", "WHATSAPP", "LANDLINE_NUMBER"]);
const E164 = /^(?:\+|00)?([1-9]\d{6,14})$/;

function text(name: string, raw: unknown): Normalised {
  if (typeof raw !== "string" && !(PHONES.has(name) && typeof raw === "number")) return "wrong";
  if (!PHONES.has(name)) return { value: String(raw) };
  const digits = E164.exec(String(raw).replaceAll(/[\s().-]/g, ""))?.[1];
  return digits === undefined ? "wrong" : { value: digits };
}

function float(raw: unknown, fromCsv: boolean): Normalised {
  if (typeof raw === "number") return { value: raw };
  if (!fromCsv || typeof raw !== "string") return "wrong";
  const value = Number(raw.replace(",", "."));
  return raw.trim() === "" || Number.isNaN(value) ? "wrong" : { value };
}

const TRUE = new Set(["yes", "true", "1"]);
const FALSE = new Set(["no", "false", "0"]);

function boolean(raw: unknown, fromCsv: boolean): Normalised {
  if (typeof raw === "boolean") return { value: raw };
  if (!fromCsv || typeof raw !== "string") return "wrong";
  const word = raw.toLowerCase();
  if (TRUE.has(word)) return { value: true };
  return FALSE.has(word) ? { value: false } : "wrong";
}

const ISO_DATE = /^(\d{4})-(\d{2})-(\d{2})(?:T.*)?$/;
const EUROPEAN_DATE = /^(\d{2})-(\d{2})-(\d{4})$/;

/** Birthdays repeat: at most this many distinct texts are remembered. */
const REMEMBERED = 50_000;
const dates = new Map<string, Normalised>();

function date(raw: unknown): Normalised {
  if (typeof raw !== "string") return "wrong";
  const known = dates.get(raw);
  if (known !== undefined) return known;
  const iso = ISO_DATE.exec(raw);
  const european = iso === null ? EUROPEAN_DATE.exec(raw) : null;
  const normal = iso
    ? day(iso[1], iso[2], iso[3])
    : european
      ? day(european[3], european[2], european[1])
      : "wrong";
  if (dates.size >= REMEMBERED) dates.clear();
  dates.set(Buffer.from(raw).toString(), normal);
  return normal;
}

function day(year = "", month = "", dayOfMonth = ""): Normalised {
  const value = `${year}-${month}-${dayOfMonth}`;
  const parsed = new Date(`${value}T00:00:00Z`);
  return !Number.isNaN(parsed.getTime()) && parsed.toISOString().startsWith(value) ? { value } : "wrong";
}

/** A category is written by its value or its label and read as its value. */
function choice(attribute: Attribute, raw: unknown): Normalised {
  const option = attribute.enumeration?.find((one) => {
    const stored = storedOption(one);
    return stored === raw || String(stored) === raw || one.label === raw;
  });
  return option === undefined ? "wrong" : { value: storedOption(option) };
}

function multipleChoice(attribute: Attribute, raw: unknown, fromCsv: boolean): Normalised {
  const labels = fromCsv && typeof raw === "string" ? raw.replaceAll(/^\[|\]$/g, "").split(",") : raw;
  if (!Array.isArray(labels)) return "wrong";
  const known = labels.filter((label): label is string =>
    (attribute.multiCategoryOptions ?? []).includes(label as string),
  );
  return known.length === labels.length && known.length > 0 ? { value: known } : "wrong";
}
