import { mkdir, rename, rm, writeFile } from "node:fs/promises";
import { mustBeListName } from "../../plugin/list-name.js";
import { Failure } from "../../model/failure.js";
import { isExisting } from "../../platform/files/repository-root.js";
import type { Destination, ListInfo, OpenContext } from "../../plugin/destination.js";
import { listPath, openFolder, type Folder } from "./folder.js";
import { manifest } from "./manifest.js";
import { PendingWrites } from "./pending.js";
import { readFields, findList, readLists, lookUpMembers, readMembers, readOptOuts } from "./reads.js";
import { sweepTemporary, temporaryPath } from "./temporary-files.js";
import { findContacts, withdrawContact } from "./withdraw.js";
import { writeBatch } from "./write.js";

export function openFiles(context: OpenContext): Destination {
  let opened: Promise<Folder> | undefined;
  const folder = async (signal: AbortSignal): Promise<Folder> => {
    if (signal.aborted) throw new Failure("interrupted", "Stopped before a file was opened.");
    return (opened ??= swept(context));
  };
  const pending = new PendingWrites(context.scratch);
  return {
    account: async (signal) => {
      const { name } = await folder(signal);
      return { id: `folder:${name}`, label: `folder ${name}`, missingPermissions: [] };
    },
    lists: async (signal) => readLists(await folder(signal)),
    list: async (id, signal) => findList(await folder(signal), id),
    fields: async (signal) => readFields(await folder(signal), signal),
    contactCount: async () => undefined,
    members: async (listId, _, signal) => readMembers(await folder(signal), listId, signal),
    lookup: async (listId, addresses, signal) =>
      lookUpMembers(await folder(signal), listId, addresses, signal),
    contacts: async (addresses, signal) => findContacts(await folder(signal), addresses, signal),
    optOuts: async (query, signal) => readOptOuts(await folder(signal), query, signal),
    createList: async ({ name }, signal) => createList(await folder(signal), name),
    // A column comes with the first row that has it.
    createField: async () => {},
    write: async (batch, signal) => writeBatch(await folder(signal), pending, batch, signal),
    withdraw: async (people, _, signal) => withdrawContact(await folder(signal), people, signal),
    deleteContacts: async (people, signal) => withdrawContact(await folder(signal), people, signal),
    jobs: (ids, signal) => pending.jobs(ids, signal),
    pollDelay: () => 0,
    rejects: async (job) => pending.rejects(job),
    requestMs: 0,
    showsMs: 0,
    idle: async () => true,
  };
}

async function swept(context: OpenContext): Promise<Folder> {
  const folder = await openFolder(context);
  // Where it may only read, somebody else has to clean up.
  await sweepTemporary(folder.path).catch(() => undefined);
  return folder;
}

/** The list appears whole: half a header, left by a run that was killed, would be a list without addresses. */
async function createList(folder: Folder, name: string): Promise<ListInfo> {
  mustBeListName(manifest, { name, folder: undefined });
  const path = listPath(folder, name);
  await mkdir(folder.path, { recursive: true, mode: 0o700 });
  if (isExisting(path)) throw new Failure("conflict", `There is a list ${name} in ${folder.name} already.`);
  const temporary = temporaryPath(folder.path);
  try {
    await writeFile(temporary, "email\r\n", { flag: "wx", mode: 0o600 });
    await rename(temporary, path);
  } catch (error) {
    await rm(temporary, { force: true });
    throw new Failure("permanent", "A list file could not be written.", { cause: error });
  }
  return { id: name, name, size: 0 };
}
