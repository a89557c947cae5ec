import { DELETED, type ContactTable } from "../store/contacts.js";

type Line = readonly [
  email: string,
  flags: number,
  lists: readonly number[],
  created: number,
  modified: number,
  text: string,
  custom: string,
];

/** One JSON line a contact, in the order of the rows; deleted ones too, because ids are row numbers. */
export function* contactLines(contacts: ContactTable): Generator<string> {
  for (let row = 0; row < contacts.rows; row++) {
    const line: Line = [
      contacts.emails[row] ?? "",
      contacts.flags[row] ?? 0,
      contacts.listsOf(row),
      contacts.created[row] ?? 0,
      contacts.modified[row] ?? 0,
      contacts.texts[row] ?? "{}",
      contacts.custom[row] ?? "",
    ];
    yield JSON.stringify(line);
  }
}

/** Returns the row. */
export function restoreContact(contacts: ContactTable, text: string): number {
  const [email, flags, lists, created, modified, attributes, custom] = JSON.parse(text) as Line;
  const row = contacts.add(email, attributes, custom, created);
  for (const list of lists) contacts.join(row, list);
  contacts.touch(row, modified);
  if ((flags & DELETED) !== 0) contacts.remove(row);
  else contacts.set(row, flags, true);
  return row;
}
