import { mustBeListName } from "../../plugin/list-name.js";
import { Failure } from "../../model/failure.js";
import type { ListInfo } from "../../plugin/destination.js";
import { number, object, text } from "../../platform/http/shape.js";
import { parseBody } from "./answers.js";
import { CONTACTS } from "./limits.js";
import { readEveryPage } from "./paging.js";
import { manifest } from "./manifest.js";
import type { BrevoClient } from "./client.js";

/** Brevo wants a folder for every list; this one is used when the config names none. */
const DEFAULT_FOLDER = "Rollcall";

const NAMED = object({ id: number, name: text });
const CREATED = object({ id: number });

export async function createList(
  client: BrevoClient,
  spec: { name: string; folder: string | undefined },
  signal: AbortSignal,
): Promise<ListInfo> {
  mustBeListName(manifest, spec);
  const folderId = await folderNamed(client, spec.folder ?? DEFAULT_FOLDER, signal);
  const created = await createNamed(
    client,
    { path: "/contacts/lists", member: "lists", noun: "list" },
    { name: spec.name, folderId },
    signal,
  );
  return { id: String(created), name: spec.name, size: 0 };
}

async function folderNamed(client: BrevoClient, name: string, signal: AbortSignal): Promise<number> {
  const kind = { path: "/contacts/folders", member: "folders", noun: "folder" };
  const folders = await readEveryPage(client, kind.path, kind.member, NAMED, signal);
  // Any of several of that name will do: a folder only tidies up.
  const known = folders.find((folder) => folder.name === name);
  return known?.id ?? createNamed(client, kind, { name }, signal);
}

/**
 * Creates a list or folder and gives its id. Names are not unique, so that
 * after a lost answer only exactly one new entry of the name is taken for ours.
 */
async function createNamed(
  client: BrevoClient,
  kind: { path: string; member: string; noun: string },
  content: { name: string; folderId?: number },
  signal: AbortSignal,
): Promise<number> {
  const { path, member, noun } = kind;
  const sameName = async (): Promise<number[]> =>
    (await readEveryPage(client, path, member, NAMED, signal))
      .filter(({ name }) => name === content.name)
      .map(({ id }) => id);
  const before = new Set(await sameName());
  try {
    const response = await client.http.send(
      { method: "POST", path, body: JSON.stringify(content), bucket: CONTACTS, kind: "write" },
      signal,
    );
    return parseBody(response, `Creating the ${noun} "${content.name}"`, CREATED).id;
  } catch (error) {
    if (!(error instanceof Failure) || error.kind !== "unknown-outcome") throw error;
    const fresh = (await sameName()).filter((id) => !before.has(id));
    const [only] = fresh;
    if (only !== undefined && fresh.length === 1) return only;
    throw new Failure(
      "unknown-outcome",
      `Creating the ${noun} "${content.name}" may have worked: ${fresh.length} new ones of that name are there.`,
      {
        hint: `Look at the ${noun}s in Brevo and write the id of the right list into the config.`,
        cause: error,
      },
    );
  }
}
