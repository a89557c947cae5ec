import type { SendgridData, SendgridList } from "./account.js";
import { time } from "./jobs.js";

const DEFAULTS = {
  address_line_1: "",
  address_line_2: "",
  alternate_emails: [],
  city: "",
  country: "",
  first_name: "",
  last_name: "",
  postal_code: "",
  state_province_region: "",
  phone_number: "",
  whatsapp: "",
  line: "",
  facebook: "",
  unique_name: "",
};

/** A contact as searches show it; custom fields by name. */
export function contactDetails(data: SendgridData, row: number): Record<string, unknown> {
  const { contacts } = data;
  const id = data.ids.id(row);
  return {
    ...DEFAULTS,
    ...(JSON.parse(contacts.texts[row] ?? "{}") as Record<string, unknown>),
    email: contacts.emails[row] ?? "",
    id,
    list_ids: listIds(data, row),
    segment_ids: [],
    custom_fields: JSON.parse(contacts.custom[row] ?? "{}") as Record<string, unknown>,
    created_at: time(contacts.created[row] ?? 0),
    updated_at: time(contacts.modified[row] ?? 0),
    _metadata: { self: `https://api.sendgrid.com/v3/marketing/contacts/${id}` },
  };
}

export function listIds(data: SendgridData, row: number): string[] {
  return data.contacts
    .listsOf(row)
    .map((number) => data.listById(number)?.id)
    .filter((id) => id !== undefined);
}

export function listDetails(data: SendgridData, list: SendgridList): Record<string, unknown> {
  return {
    id: list.id,
    name: list.name,
    contact_count: data.contacts.sets.count(list.number),
    _metadata: { self: `https://api.sendgrid.com/v3/marketing/lists/${list.id}` },
  };
}
