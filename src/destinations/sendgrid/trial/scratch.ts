import { Failure } from "../../../model/failure.js";
import type { TrialSubject } from "../../../plugin/trial.js";
import { filledText, object } from "../../../platform/http/shape.js";
import { parseBody, refusalOf } from "../answers.js";
import { readLists } from "../lists.js";
import type { SendgridClient } from "../client.js";
import { FIELD_DEFINITIONS, NEW_JOB } from "../types.js";
import { CONTACTS, TrialApi } from "./api.js";

const FIELDS = "/v3/marketing/field_definitions";
const LISTS = "/v3/marketing/lists";
const CREATED = object({ id: filledText });
const KINDS = { text: "Text", number: "Number", date: "Date" } as const;

/** Ids of the custom fields of a trial. */
export type ScratchFields = Readonly<Record<keyof typeof KINDS, string>>;

export function scratchFieldName({ mark }: Pick<TrialSubject, "mark">, kind: keyof typeof KINDS): string {
  return `rollcall_${mark}_${kind}`;
}

export function scratchListName({ mark }: Pick<TrialSubject, "mark">): string {
  return `Rollcall trial ${mark}`;
}

export async function createFields(api: TrialApi, subject: TrialSubject): Promise<ScratchFields> {
  const ids: Record<string, string> = {};
  for (const [kind, field_type] of Object.entries(KINDS)) {
    const name = scratchFieldName(subject, kind as keyof typeof KINDS);
    const answer = await api.write("fields", "POST", FIELDS, { name, field_type });
    ids[kind] = parseBody(answer, "Creating a field for the trial", CREATED).id;
  }
  return ids as ScratchFields;
}

/** The fields that the trial made before; throws what SendGrid's refusal means. */
export async function findScratchFields(api: TrialApi, subject: TrialSubject): Promise<ScratchFields> {
  const { custom_fields: all } = parseBody(await api.get("fields", FIELDS), "The fields", FIELD_DEFINITIONS);
  const named = Object.keys(KINDS).map((kind) => {
    const name = scratchFieldName(subject, kind as keyof typeof KINDS);
    return [kind, all?.find((field) => field.name === name)?.id ?? ""];
  });
  return Object.fromEntries(named) as ScratchFields;
}

/** Deletes whatever has the trial's mark in its name, and whom the two addresses find, but for those (how many) who are on other lists by now. */
export async function cleanUp(
  client: SendgridClient,
  subject: TrialSubject,
  isCutOff: boolean,
  signal: AbortSignal,
): Promise<number> {
  const api = new TrialApi(client, signal);
  // Contacts show up to a minute after they were taken on.
  if (isCutOff)
    await api.eventually(
      () => Promise.all(subject.addresses.map((address) => api.contact(address))),
      (found) => found.every((contact) => contact !== undefined),
    );
  const kept = await leaveToOthers(api, subject);
  await deleteContacts(
    api,
    subject.addresses.filter((address) => !kept.includes(address)),
  );
  for (const id of Object.values(await findScratchFields(api, subject)))
    if (id !== "") await drop(api, "fields", `${FIELDS}/${id}`);
  for (const { id, name } of await readLists(client, signal))
    if (name === scratchListName(subject)) await drop(api, "lists", `${LISTS}/${id}`);
  return kept.length;
}

/** Takes those off the list of the trial who are on another one by now; returns their addresses. */
async function leaveToOthers(api: TrialApi, { addresses, listId }: TrialSubject): Promise<readonly string[]> {
  const kept: string[] = [];
  for (const address of addresses) {
    const contact = await api.contact(address);
    if (contact?.email?.toLowerCase() !== address) continue;
    if (contact.list_ids.every((id) => id === listId)) continue;
    kept.push(address);
    if (contact.list_ids.includes(listId)) await api.jobEnd(await api.takeOff(listId, contact.id));
  }
  return kept;
}

/** Whom the addresses find, until they find nobody; throws when that takes too long. */
export async function deleteContacts(api: TrialApi, addresses: readonly string[]): Promise<void> {
  const found = async (): Promise<string[]> => {
    const ids = new Set<string>();
    for (const address of addresses) {
      const contact = await api.contact(address);
      // Whoever has it as an alternate address is somebody else.
      if (contact?.email?.toLowerCase() === address) ids.add(contact.id);
    }
    return [...ids];
  };
  const ids = await found();
  if (ids.length === 0) return;
  const answer = await api.write("upsert", "DELETE", CONTACTS, undefined, { ids: ids.join(",") });
  await api.jobEnd(parseBody(answer, "Deleting the contacts of the trial", NEW_JOB).job_id);
  const left = await api.eventually(found, (some) => some.length === 0);
  if (left.length > 0)
    throw new Failure("transient", "The contacts of the trial are still there after their deletion.", {
      hint: "Take away what the trial left with --clean-up later.",
    });
}

async function drop(api: TrialApi, bucket: "fields" | "lists", path: string): Promise<void> {
  const answer = await api.write(bucket, "DELETE", path);
  if (answer.status >= 300 && answer.status !== 404) throw refusalOf(answer, "Deleting what the trial made");
}
