import { findPlace } from "../../platform/files/open-project-file.js";
import type { Contact } from "../../plugin/destination.js";
import { splitCells, readRecordBlocks } from "./csv.js";
import { keyOf, listPath, type Folder } from "./folder.js";
import { toHeader, type Header } from "./header.js";
import { readLists } from "./reads.js";
import { rewriteFile } from "./rewrite.js";
import { dropAddresses } from "./write.js";

/** A contact here is its rows: whoever is in no list is none. */
export async function findContacts(
  folder: Folder,
  addresses: readonly string[],
  signal: AbortSignal,
): Promise<readonly Contact[]> {
  const wanted = new Set(addresses.map(keyOf));
  const found = new Map<string, { email: string; lists: string[]; filled: Set<string> }>();
  for (const { id } of await readLists(folder)) {
    let header: Header | undefined;
    for await (const block of readRecordBlocks(listPath(folder, id), signal)) {
      for (const record of block) {
        if (header === undefined) {
          header = toHeader(record);
          continue;
        }
        const values = splitCells(record);
        const email = values[header.email] ?? "";
        if (!wanted.has(keyOf(email))) continue;
        const contact = found.get(keyOf(email)) ?? { email, lists: [], filled: new Set<string>() };
        found.set(keyOf(email), contact);
        if (!contact.lists.includes(id)) contact.lists.push(id);
        for (const [index, name] of header.names.entries())
          if (index !== header.email && (values[index] ?? "") !== "") contact.filled.add(name);
      }
    }
  }
  return [...found.values()].map(({ email, lists: on, filled }) => ({
    email,
    id: undefined,
    lists: on,
    filled: [...filled],
    fixed: [],
    blocklisted: undefined,
  }));
}

/** Takes the rows out of every list, and their values with them; opt-outs have files of their own and stay. */
export async function withdrawContact(
  folder: Folder,
  people: readonly Contact[],
  signal: AbortSignal,
): Promise<void> {
  const gone = new Set(people.map(({ email }) => keyOf(email)));
  for (const list of new Set(people.flatMap(({ lists: on }) => on)))
    await rewriteFile(await findPlace(listPath(folder, list), [folder.path]), dropAddresses(gone), signal);
}
