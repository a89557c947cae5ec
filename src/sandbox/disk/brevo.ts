import type { BrevoData, BrevoFolder, BrevoList } from "../brevo/account.js";
import type { Attribute } from "../brevo/attributes.js";
import type { Process } from "../brevo/processes.js";
import { contactLines, restoreContact } from "./contacts.js";

interface Header {
  readonly version: 1;
  readonly lists: readonly BrevoList[];
  readonly folders: readonly BrevoFolder[];
  readonly attributes: readonly Attribute[];
  readonly processes: readonly Process[];
  readonly unsubscribed: readonly (readonly [number, readonly number[]])[];
  readonly nextList: number;
  readonly nextFolder: number;
}

export function* brevoLines(data: BrevoData): Generator<string> {
  const header: Header = {
    version: 1,
    lists: [...data.lists.values()],
    folders: [...data.folders.values()],
    attributes: [...data.attributes.values()],
    processes: data.processes.all,
    unsubscribed: Array.from(data.unsubscribed, ([row, lists]) => [row, [...lists]] as const),
    nextList: data.nextList,
    nextFolder: data.nextFolder,
  };
  yield JSON.stringify(header);
  yield* contactLines(data.contacts);
}

export async function restoreBrevo(data: BrevoData, lines: AsyncIterable<string>): Promise<void> {
  let header: Header | undefined;
  for await (const line of lines) {
    if (header === undefined) {
      header = JSON.parse(line) as Header;
      restoreHeader(data, header);
      continue;
    }
    const row = restoreContact(data.contacts, line);
    data.identifiers.update(row, {}, data.attributesOf(row));
  }
}

function restoreHeader(data: BrevoData, header: Header): void {
  for (const list of header.lists) data.lists.set(list.id, list);
  for (const folder of header.folders) data.folders.set(folder.id, folder);
  for (const attribute of header.attributes) data.attributes.set(attribute.name, attribute);
  data.processes.all.push(...header.processes);
  for (const [row, lists] of header.unsubscribed) data.unsubscribed.set(row, new Set(lists));
  data.nextList = header.nextList;
  data.nextFolder = header.nextFolder;
}
