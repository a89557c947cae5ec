import type { HttpResponse } from "../../../platform/http/http-response.js";
import { anyObject, listOf, maybe, object, recordOf, text, type Of } from "../../../platform/http/shape.js";
import { wait } from "../../../platform/wait.js";
import { parseBody } from "../answers.js";
import { readImportState } from "../write/jobs.js";
import type { BucketName } from "../limits.js";
import type { SendgridClient } from "../client.js";
import { NEW_JOB, type ImportState } from "../types.js";

const CONTACT = object({
  id: text,
  email: maybe(text),
  external_id: maybe(text),
  first_name: maybe(text),
  last_name: maybe(text),
  list_ids: listOf(text),
  custom_fields: maybe(anyObject),
});
export type TrialContact = Of<typeof CONTACT>;

const FOUND = object({ result: recordOf(object({ contact: maybe(CONTACT) })) });

/** Contacts show up to a minute after their job ended: the delays between so many looks come to more. */
const LOOKS = 12;

export const CONTACTS = "/v3/marketing/contacts";

/** Requests as a trial makes them, which looks at the answers itself. */
export class TrialApi {
  readonly #client: SendgridClient;
  readonly #signal: AbortSignal;

  constructor(client: SendgridClient, signal: AbortSignal) {
    this.#client = client;
    this.#signal = signal;
  }

  get(
    bucket: BucketName,
    path: string,
    query: Readonly<Record<string, string | number>> = {},
  ): Promise<HttpResponse> {
    return this.#client.http.send({ method: "GET", path, query, bucket, kind: "read" }, this.#signal);
  }

  write(
    bucket: BucketName,
    method: "POST" | "PUT" | "DELETE",
    path: string,
    content?: object,
    query: Readonly<Record<string, string>> = {},
  ): Promise<HttpResponse> {
    const text = content === undefined ? {} : { body: JSON.stringify(content) };
    return this.#client.http.send({ method, path, query, ...text, bucket, kind: "write" }, this.#signal);
  }

  /** Whom SendGrid finds for an address, also one that has it as an alternate address. */
  async contact(address: string): Promise<TrialContact | undefined> {
    const content = JSON.stringify({ emails: [address] });
    const response = await this.#client.http.send(
      { method: "POST", path: `${CONTACTS}/search/emails`, body: content, bucket: "search", kind: "read" },
      this.#signal,
    );
    if (response.status === 404) return undefined;
    const [found] = Object.values(parseBody(response, "Reading a contact of the trial", FOUND).result);
    return found?.contact ?? undefined;
  }

  upsert(contacts: readonly object[], listIds: readonly string[] = []): Promise<HttpResponse> {
    const lists = listIds.length === 0 ? {} : { list_ids: listIds };
    return this.write("upsert", "PUT", CONTACTS, { ...lists, contacts });
  }

  /** Upserts and waits for the end of the job; undefined where SendGrid knows no such job. */
  async upsertToTheEnd(
    contacts: readonly object[],
    listIds?: readonly string[],
  ): Promise<ImportState | undefined> {
    const answer = await this.upsert(contacts, listIds);
    return this.jobEnd(parseBody(answer, "An upsert of the trial", NEW_JOB).job_id);
  }

  /** The job that takes a contact off a list. */
  async takeOff(listId: string, contactId: string): Promise<string> {
    const path = `/v3/marketing/lists/${listId}/contacts`;
    const answer = await this.write("lists", "DELETE", path, undefined, { contact_ids: contactId });
    return parseBody(answer, "Taking a contact off the list", NEW_JOB).job_id;
  }

  jobEnd(id: string): Promise<ImportState | undefined> {
    return this.eventually(
      () => readImportState(this.#client, id, this.#signal),
      (state) => state === undefined || state.status !== "pending",
    );
  }

  /** Looks until it is as it should be, or long enough to know that it will not be. */
  async eventually<T>(look: () => Promise<T>, isDone: (seen: T) => boolean): Promise<T> {
    for (let looked = 1; ; looked++) {
      const seen = await look();
      if (isDone(seen) || looked === LOOKS) return seen;
      await wait(this.#client.pollDelay(looked), this.#signal);
    }
  }

  /** The contact once `isDone` says so, or as it is at the end. */
  contactOnce(
    address: string,
    isDone: (contact: TrialContact) => boolean,
  ): Promise<TrialContact | undefined> {
    return this.eventually(
      () => this.contact(address),
      (contact) => contact !== undefined && isDone(contact),
    );
  }
}
