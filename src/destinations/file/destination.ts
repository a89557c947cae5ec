import { mkdir, writeFile } from "node:fs/promises";
import { Failure } from "../../model/failure.js";
import type { Destination, ListInfo, OpenContext } from "../../plugin/destination.js";
import { listPath, openFolder, type Folder } from "./folder.js";
import { fields, list, lists, lookup, members, optOuts } from "./reads.js";
import { write } from "./write.js";

export function openFiles(context: OpenContext): Destination {
  let opened: Promise<Folder> | undefined;
  const folder = async (signal: AbortSignal): Promise<Folder> => {
    if (signal.aborted) throw new Failure("interrupted", "Stopped before a file was opened.");
    return (opened ??= openFolder(context));
  };
  return {
    account: async (signal) => {
      const { name } = await folder(signal);
      return { id: `folder:${name}`, label: `folder ${name}`, missingPermissions: [] };
    },
    lists: async (signal) => lists(await folder(signal)),
    list: async (id, signal) => list(await folder(signal), id),
    fields: async (signal) => fields(await folder(signal), signal),
    contactCount: async () => undefined,
    members: async (listId, _, signal) => members(await folder(signal), listId, signal),
    lookup: async (listId, addresses, signal) => lookup(await folder(signal), listId, addresses, signal),
    optOuts: async (query, signal) => optOuts(await folder(signal), query, signal),
    createList: async ({ name }, signal) => createList(await folder(signal), name),
    // A column comes with the first row that has it.
    createField: async () => {},
    write: async (batch, signal) => write(await folder(signal), batch, signal),
    // Every write is done when it is answered, so that there are no jobs.
    jobs: async (ids) => ids.map((job) => ({ job, state: "gone", message: undefined })),
    pollDelay: () => 0,
    rejects: async () => ({ sql: "select null::varchar as email, null::varchar as reason where false" }),
    idle: async () => true,
  };
}

async function createList(folder: Folder, name: string): Promise<ListInfo> {
  const path = listPath(folder, name);
  await mkdir(folder.path, { recursive: true, mode: 0o700 });
  try {
    await writeFile(path, "email\r\n", { flag: "wx", mode: 0o600 });
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "EEXIST") throw error;
    throw new Failure("conflict", `There is a list ${name} in ${folder.name} already.`, { cause: error });
  }
  return { id: name, name, size: 0 };
}
