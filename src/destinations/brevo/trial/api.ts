import { Failure } from "../../../model/failure.js";
import type { HttpResponse } from "../../../platform/http/http-response.js";
import { wait } from "../../../platform/wait.js";
import { parseBody, parseErrorBody, refusalOf } from "../answers.js";
import { CONTACT, type StoredContact } from "../read/contact-shape.js";
import { isIdle, readJobs, pollDelay } from "../write/jobs.js";
import { CONTACTS } from "../limits.js";
import { contactPath } from "../read/lookup.js";
import { STARTED } from "../write/processes.js";
import type { BrevoClient } from "../client.js";

/** A contact with what only a trial looks at. */
export type TrialContact = StoredContact & { readonly modifiedAt?: unknown };

/** How long an import of two rows is waited for. */
const PATIENCE_MS = 10 * 60_000;

const BY_ADDRESS = { identifierType: "email_id" };

/** Requests as a trial makes them, which looks at the answers itself. */
export class TrialApi {
  readonly #client: BrevoClient;
  readonly signal: AbortSignal;

  constructor(client: BrevoClient, signal: AbortSignal) {
    this.#client = client;
    this.signal = signal;
  }

  get(path: string, query: Readonly<Record<string, string | number>> = {}): Promise<HttpResponse> {
    return this.#client.http.send(
      { method: "GET", path, query, bucket: CONTACTS, kind: "read" },
      this.signal,
    );
  }

  write(
    method: "POST" | "PUT" | "DELETE",
    path: string,
    content?: object,
    query: Readonly<Record<string, string>> = {},
  ): Promise<HttpResponse> {
    const text = content === undefined ? {} : { body: JSON.stringify(content) };
    return this.#client.http.send(
      { method, path, query, ...text, bucket: CONTACTS, kind: "write" },
      this.signal,
    );
  }

  /** Undefined when there is none. */
  async contact(address: string): Promise<TrialContact | undefined> {
    const response = await this.get(contactPath(address), BY_ADDRESS);
    if (response.status === 404 && parseErrorBody(response).code === "document_not_found") return undefined;
    return parseBody(response, "Reading a contact of the trial", CONTACT);
  }

  /** The answer to a change of a single contact. */
  put(address: string, content: object): Promise<HttpResponse> {
    return this.write("PUT", contactPath(address), content, BY_ADDRESS);
  }

  async delete(address: string): Promise<void> {
    const response = await this.write("DELETE", contactPath(address), undefined, BY_ADDRESS);
    if (response.status !== 404) mustSucceed(response, "Deleting a contact of the trial");
  }

  /** Imports as exports do, and waits until it is over. */
  async import(listId: string, rows: object): Promise<void> {
    const content = {
      listIds: [Number(listId)],
      updateExistingContacts: true,
      disableNotification: true,
      ...rows,
    };
    const response = await this.write("POST", "/contacts/import", content);
    const job = String(parseBody(response, "An import of the trial", STARTED).processId);
    const [state] = await this.#until(
      () => readJobs(this.#client, [job], this.signal),
      ([one]) => one?.state !== "running",
    );
    if (state?.state === "completed" || state?.state === "completed-with-errors") return;
    throw new Failure("permanent", "An import of the trial failed at Brevo.", {
      hint: "The account may be full, or may not import.",
    });
  }

  /** Until no import is under way on the account. */
  async untilIdle(): Promise<void> {
    await this.#until(
      () => isIdle(this.#client, this.signal),
      (isIdle) => isIdle,
    );
  }

  async #until<T>(look: () => Promise<T>, isDone: (seen: T) => boolean): Promise<T> {
    const end = Date.now() + PATIENCE_MS;
    for (let asked = 0; ; asked++) {
      await wait(pollDelay(this.#client, asked), this.signal);
      const seen = await look();
      if (isDone(seen)) return seen;
      if (Date.now() > end)
        throw new Failure("transient", "An import was not over after ten minutes.", {
          hint: "Take away what the trial left with --clean-up later.",
        });
    }
  }
}

/** Throws what Brevo's refusal means. */
export function mustSucceed(response: HttpResponse, what: string): HttpResponse {
  if (response.status >= 300) throw refusalOf(response, what);
  return response;
}
