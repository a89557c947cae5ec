import { listOf, maybe, number, object, text } from "../../../platform/http/shape.js";
import type { TrialSubject } from "../../../plugin/trial.js";
import { parseBody, parseErrorBody } from "../answers.js";
import { readEveryPage } from "../paging.js";
import type { BrevoClient } from "../client.js";
import { mustSucceed, TrialApi, type TrialContact } from "./api.js";

const KINDS = {
  text: { type: "text" },
  number: { type: "float" },
  date: { type: "date" },
  flag: { type: "boolean" },
  choice: {
    enumeration: [
      { value: 1, label: "Alpha" },
      { value: 2, label: "Beta" },
    ],
  },
} as const;

export type ScratchAttributes = Readonly<Record<keyof typeof KINDS, string>>;

const NAMED = object({ id: number, name: text });
const ATTRIBUTES = object({ attributes: maybe(listOf(object({ name: text, category: text }))) });

/** Names of the attributes that a trial makes. */
export function scratchAttributes({ mark }: Pick<TrialSubject, "mark">): ScratchAttributes {
  const named = Object.keys(KINDS).map((kind) => [kind, `ROLLCALL_${mark}_${kind}`.toUpperCase()]);
  return Object.fromEntries(named) as ScratchAttributes;
}

export function scratchListName({ mark }: Pick<TrialSubject, "mark">): string {
  return `Rollcall trial ${mark}`;
}

export async function createAttributes(api: TrialApi, subject: TrialSubject): Promise<void> {
  const names = scratchAttributes(subject);
  for (const [kind, content] of Object.entries(KINDS)) {
    const category = "enumeration" in content ? "category" : "normal";
    const path = `/contacts/attributes/${category}/${names[kind as keyof ScratchAttributes]}`;
    mustSucceed(await api.write("POST", path, content), "Creating an attribute for the trial");
  }
}

/** Deletes whatever has the trial's mark in its name, and both contacts, but for those (how many) that are on other lists by now. */
export async function cleanUp(
  client: BrevoClient,
  subject: TrialSubject,
  signal: AbortSignal,
): Promise<number> {
  const api = new TrialApi(client, signal);
  let kept = 0;
  for (const address of subject.addresses) {
    const contact = await api.contact(address);
    if (contact === undefined) continue;
    if (isElsewhere(contact, subject)) {
      kept += 1;
      mustSucceed(
        await api.put(address, { unlinkListIds: [Number(subject.listId)] }),
        "Taking a contact off the list",
      );
    } else await api.delete(address);
  }
  const own = new Set<string>(Object.values(scratchAttributes(subject)));
  const { attributes } = parseBody(await api.get("/contacts/attributes"), "The attributes", ATTRIBUTES);
  for (const { name, category } of attributes ?? [])
    if (own.has(name.toUpperCase())) await drop(api, `/contacts/attributes/${category}/${name}`);
  for (const { id, name } of await readEveryPage(client, "/contacts/lists", "lists", NAMED, signal))
    if (name === scratchListName(subject)) await drop(api, `/contacts/lists/${id}`);
  return kept;
}

/** Also one who unsubscribed from another list: with the contact that would be lost. */
function isElsewhere({ listIds, listUnsubscribed }: TrialContact, { listId }: TrialSubject): boolean {
  return [...listIds, ...(listUnsubscribed ?? [])].some((id) => String(id) !== listId);
}

async function drop(api: TrialApi, path: string): Promise<void> {
  const response = await api.write("DELETE", path);
  if (response.status === 404 && parseErrorBody(response).code === "document_not_found") return;
  mustSucceed(response, "Deleting what the trial made");
}
