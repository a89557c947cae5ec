import { mkdir, writeFile } from "node:fs/promises";
import { Failure } from "../../model/failure.js";
import type { Destination, ListInfo, OpenContext } from "../../plugin/destination.js";
import { listPath, openFolder, type Folder } from "./folder.js";
import { fields, list, lists, lookup, members, optOuts } from "./reads.js";
import { write } from "./write.js";

export function openFiles(context: OpenContext): Destination {
  let opened: Promise<Folder> | undefined;
  const folder = (): Promise<Folder> => (opened ??= openFolder(context));
  return {
    account: async () => {
      const { name } = await folder();
      return { id: `folder:${name}`, label: `folder ${name}`, missingPermissions: [] };
    },
    lists: async () => lists(await folder()),
    list: async (id) => list(await folder(), id),
    fields: async (signal) => fields(await folder(), signal),
    contactCount: async () => undefined,
    members: async (listId, _, signal) => members(await folder(), listId, signal),
    lookup: async (listId, addresses, signal) => lookup(await folder(), listId, addresses, signal),
    optOuts: async (query, signal) => optOuts(await folder(), query, signal),
    createList: async ({ name }) => createList(await folder(), name),
    // A column comes with the first row that has it.
    createField: async () => {},
    write: async (batch, signal) => write(await folder(), batch, signal),
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
