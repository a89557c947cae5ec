import type { Field } from "../../plugin/codec.js";
import { literal } from "../../plugin/relation.js";
import { isReserved } from "./fields.js";
import type { FoundContact } from "./types.js";

/** Fields that reads return and requests may set, i.e. what can be compared. */
function comparable(fields: readonly Field[]): Field[] {
  return fields.filter((field) => field.writable && field.type !== "unsupported");
}

/** A found contact's attributes by field id. Reads key custom fields by name, requests by id. */
export function observedOf(contact: FoundContact, fields: readonly Field[]): Record<string, unknown> {
  const custom = new Map(
    Object.entries(contact.custom_fields ?? {}).map(([name, value]) => [name.toLowerCase(), value]),
  );
  const observed: Record<string, unknown> = {};
  for (const field of comparable(fields)) {
    const value = isReserved(field) ? contact[field.name] : custom.get(field.name.toLowerCase());
    if (value !== undefined && value !== null && value !== "") observed[field.id] = value;
  }
  return observed;
}

/** The same in SQL, over the columns that `exportColumns` names. */
export function observedSql(fields: readonly Field[]): string {
  const members = comparable(fields).map((field) => {
    const from = isReserved(field)
      ? literal(`$.${JSON.stringify(field.name)}`)
      : literal(`$."custom_fields".${JSON.stringify(field.name)}`);
    return `${literal(field.id)}, json_extract(contact, ${from})`;
  });
  return `CAST(json_object(${members.join(", ")}) AS VARCHAR)`;
}
