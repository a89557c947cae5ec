import type { AttributeMapping, AttributeType } from "../model/config/attribute.js";
import type { Operation } from "../model/plan/change.js";
import type { Belief } from "../model/connections/belief.js";
import type { Connection, DestinationType } from "../model/config/connection.js";
import type { RateLimiter } from "../platform/http/rate-limiter.js";
import type { Secret } from "../platform/secrets/secret.js";
import type { BindProblem, Binding, Codec, Field } from "./codec.js";
import type { Relation } from "./relation.js";
import type { Trial } from "./trial.js";

/** What a destination can do and where its limits lie. Declared, never guessed. */
export interface Capabilities {
  /** Our types that a field here can hold. */
  readonly types: readonly AttributeType[];
  /** Default limit of profiles in one export. */
  readonly maxProfilesPerExport: number | undefined;
  /** Default limit of distinct addresses over all exports of an account. */
  readonly maxAddressesPerAccount: number | undefined;
  /** How many addresses `lookup` is worth asking for before reading the whole list is cheaper. */
  readonly lookupUpTo: number;
  /** A contact that is looked up tells whether it opted out (`Looked.optedOut`). */
  readonly lookupTellsOptOuts: boolean;
  /** Seconds until a write is visible to reads; inside it "none found" means nothing. */
  readonly lagSeconds: number;
}

/** A kind of destination. Stateless: everything that belongs to a connection is in what `open` returns. */
export interface DestinationPlugin {
  readonly type: DestinationType;
  readonly capabilities: Capabilities;
  /** Fields that every account has; what is bound to where there is no account, as in a team's tests. */
  readonly builtInFields: readonly Field[];
  /** Ties attributes to fields. Columns are `a0`, `a1` … and `c0`, `c1` … in the order of `attributes`. Pure. */
  bind(
    attributes: readonly AttributeMapping[],
    fields: readonly Field[],
  ): { bindings: readonly Binding[]; problems: readonly BindProblem[] };
  /** Pure. `bindings` as `bind` made them. */
  codec(bindings: readonly Binding[], connection: Connection): Codec;
  open(context: OpenContext): Destination;
  /** What is believed of the vendor without proof; none where there is no vendor. */
  readonly beliefs: readonly Belief[];
  /** Places, besides those of every account, where people of a connection opt out; none without it. Pure. */
  optOutPlaces?(connection: Connection): readonly string[];
}

export interface OpenContext {
  readonly connection: Connection;
  /** Undefined only for destinations without one. */
  readonly apiKey: Secret | undefined;
  /** Absolute folder of the project, for destinations that are folders. */
  readonly folder: string;
  /** Absolute paths outside that folder which they may be, or lie below. */
  readonly allowPaths?: readonly string[];
  /** Private folder of this run, for files that relations read. */
  readonly scratch: string;
  /** Times (epoch ms) of requests in the last hour by bucket name, from state; the destination adds its own. */
  readonly spent: Record<string, number[]>;
  /** Asked before each write: the instant (epoch ms) from which it may not be sent without asking again. Throws when nothing may be written. */
  readonly mayWriteUntil?: (() => Promise<number>) | undefined;
  /** Told who counts the requests of this connection, so that connections to one account can count together. */
  readonly onLimiter?: (limiter: RateLimiter) => void;
  /** Told when a rate limit makes us wait. */
  readonly onWait?: (reason: string, seconds: number) => void;
}

/** The identity behind a connection. */
export interface Account {
  /** The vendor's own id (Brevo `organization_id`, SendGrid `user_id`). */
  readonly id: string;
  /** A name a person recognises; no secret, no personal address. */
  readonly label: string;
  /** What the key may not do although an export needs it; empty when all is well. */
  readonly missingPermissions: readonly string[];
}

export interface ListInfo {
  readonly id: string;
  readonly name: string;
  /** As the vendor counts; may lag. */
  readonly size: number | undefined;
}

/** One contact as the whole account knows it, whatever its lists. */
export interface Contact {
  /** As the destination writes it. */
  readonly email: string;
  /** The destination's own id, where it has one. */
  readonly id: string | undefined;
  /** Every list it is on. */
  readonly lists: readonly string[];
  /** `Field.id` of the fields that hold a value, as far as they can be cleared. */
  readonly filled: readonly string[];
  /** `Field.id` of the fields that hold a value which only deleting the contact takes away. */
  readonly fixed: readonly string[];
  /** The contact itself carries a blocklist flag; undefined where opt-outs are kept apart from contacts. */
  readonly blocklisted: boolean | undefined;
}

/** What a plan may use: nothing here changes anything at the destination. */
export interface DestinationView {
  account(signal: AbortSignal): Promise<Account>;
  lists(signal: AbortSignal): Promise<readonly ListInfo[]>;
  /** `undefined` only when the destination says that the list does not exist; anything unclear throws. */
  list(id: string, signal: AbortSignal): Promise<ListInfo | undefined>;
  fields(signal: AbortSignal): Promise<readonly Field[]>;
  /** Contacts stored in the account, for limits; undefined where the vendor does not say. */
  contactCount(signal: AbortSignal): Promise<number | undefined>;
  /**
   * Everybody whom a list shows: `email` VARCHAR (as the vendor returns it),
   * `contact_id` VARCHAR, `on_list` BOOLEAN (false only of somebody who
   * unsubscribed from it and is shown still), `opted_out` VARCHAR (reason, or NULL), `observed` VARCHAR (JSON object of stored attributes by
   * `Field.id`; may be NULL unless `attributes` was asked for).
   */
  members(listId: string, options: { attributes: boolean }, signal: AbortSignal): Promise<FoundContacts>;
  /** The same columns for these addresses, whether on the list or not; addresses that the account does not know are missing. */
  lookup(listId: string, addresses: readonly string[], signal: AbortSignal): Promise<FoundContacts>;
  /** The contacts of these addresses, for the few people of a `forget`; addresses that the account does not know are missing. */
  contacts(addresses: readonly string[], signal: AbortSignal): Promise<readonly Contact[]>;
  optOuts(query: OptOutQuery, signal: AbortSignal): Promise<OptOutRead>;
  /**
   * Of people whom a place does not name any more although it was read to its
   * end, those who are in it when they are asked for one by one; missing
   * where nobody can be asked for so.
   */
  stillOptedOut?(
    place: OptOutPlace,
    addresses: readonly string[],
    signal: AbortSignal,
  ): Promise<readonly string[]>;
}

/** Contacts as they were found, and whom they show to have opted out. */
export interface FoundContacts extends Relation {
  /** In the columns of `OptOutRead.optedOut`; undefined where contacts do not say. */
  readonly optedOut?: Relation;
}

export interface OptOutQuery {
  /** Where the last read ended; undefined for the first. */
  readonly since: string | undefined;
  /** Lists whose own unsubscribes matter. */
  readonly lists: readonly string[];
  /** Places that connections to this account name (`optOutPlaces`), besides the one that is asked; each has to be there. */
  readonly places?: readonly string[];
  /** The same of connections that may lead to another account: one that is not there is passed over. */
  readonly perhaps?: readonly string[];
}

/** Where an opt-out stands; `undefined` as the list is everywhere. */
export interface OptOutPlace {
  readonly listId: string | undefined;
  readonly reason: string;
}

/** Who opted out, as the destination says now. */
export interface OptOutRead {
  /** `email` VARCHAR, `list_id` VARCHAR (NULL = everywhere), `reason` VARCHAR; list and reason name the place it is in. */
  readonly optedOut: Relation;
  /** Places that were read to their end: who is not in one of them any more was taken out of it. */
  readonly whole: readonly OptOutPlace[];
  /** `email` VARCHAR and `list_ids` VARCHAR[] (lists it is on) of every contact that was seen, and so told whether it is opted out. */
  readonly seen: Relation | undefined;
  /** Contacts met on the way, in the columns of `members` plus `list_ids` VARCHAR[] and `phone` VARCHAR; lets a read-back reuse the scan. */
  readonly contacts: Relation | undefined;
  /** Pass as `since` next time. Its first word is a time (ISO). */
  readonly watermark: string;
}

/** One request's worth of changes. */
export interface WriteBatch {
  readonly operation: Operation;
  readonly route: string;
  readonly listId: string;
  /** The body that the engine assembled from `Route.wire` and `Route.envelope`. */
  readonly body: string;
  readonly rows: number;
}

/**
 * What the destination said. A lost or ambiguous reply is a thrown `Failure` of
 * kind `unknown-outcome`; a request that surely did nothing is any other kind.
 */
export type WriteResult =
  /** Taken on; `jobs` tells how it ends. `partRefused`: why a part was refused that the job says nothing of, short and without personal data. */
  | { readonly status: "accepted"; readonly job: string; readonly partRefused?: string }
  /** Carried out, except for these rows (index in the body, from 0). `absent`: rows of a removal who were off the list before it, where the destination says so. */
  | { readonly status: "done"; readonly rejected: readonly RowReject[]; readonly absent?: readonly number[] }
  /** Nothing was carried out because of these rows; without them it may be sent again. */
  | { readonly status: "refused-rows"; readonly rows: readonly RowReject[] }
  /** Nothing was carried out, because of rows that the destination does not name; `reason` is short and without personal data. */
  | { readonly status: "refused"; readonly reason: string };

export interface RowReject {
  readonly index: number;
  /** Short, without personal data. */
  readonly reason: string;
}

export interface JobState {
  readonly job: string;
  /** `completed`: nobody was refused; `completed-with-errors`: `rejects` says who; `gone`: the destination no longer knows the job. */
  readonly state: "running" | "completed" | "completed-with-errors" | "failed" | "gone";
  /** Short, without personal data. */
  readonly message: string | undefined;
}

export interface Destination extends DestinationView {
  createList(spec: { name: string; folder: string | undefined }, signal: AbortSignal): Promise<ListInfo>;
  createField(binding: Binding, signal: AbortSignal): Promise<void>;
  /** Sends once; never retries a write whose outcome is unknown. */
  write(batch: WriteBatch, signal: AbortSignal): Promise<WriteResult>;
  /**
   * Takes contacts off all their lists and clears `fields` (by `Field.id`)
   * where they are filled. The contacts stay, and so do their opt-outs. Each
   * request is sent once; doing it all again changes nothing more, and how it
   * went only `contacts` tells, once the lag is over.
   */
  withdraw(contacts: readonly Contact[], fields: readonly string[], signal: AbortSignal): Promise<void>;
  /** Deletes contacts everywhere, and with them any blocklist flag; like `withdraw`, only `contacts` tells how it went. */
  deleteContacts(contacts: readonly Contact[], signal: AbortSignal): Promise<void>;
  /** States of open jobs in as few requests as possible. */
  jobs(jobs: readonly string[], signal: AbortSignal): Promise<readonly JobState[]>;
  /** How long to wait before `jobs` is asked again, in milliseconds; `asked` counts the times for this wait. */
  pollDelay(asked: number): number;
  /** People a finished job refused: `email` VARCHAR, `reason` VARCHAR. Throws when the report cannot be read, and `AccountFull` when it refused some because the account is full. */
  rejects(job: string, signal: AbortSignal): Promise<Relation>;
  /** Milliseconds after which a request that was begun has been carried out or never will be. */
  readonly requestMs: number;
  /** Milliseconds within which reads show whatever was carried out: what they do not show by then counts as unknown. */
  readonly showsMs: number;
  /** True when no job that could still change contacts is queued or running on the account. */
  idle(signal: AbortSignal): Promise<boolean>;
  /** Tries beliefs at the account; missing where there are none. */
  readonly trial?: Trial;
}
