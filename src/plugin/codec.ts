import type { AttributeMapping, AttributeType } from "../model/config/attribute.js";
import type { Evidence, Operation } from "../model/plan/change.js";

/** A field (attribute) that exists at the destination. */
export interface Field {
  /** How requests name it (SendGrid: an id such as `e2_T`; Brevo: its name). */
  readonly id: string;
  readonly name: string;
  readonly type: AttributeType | "unsupported";
  readonly writable: boolean;
  /** Labels a choice may take. */
  readonly choices: readonly string[];
  /** What reads return in place of each label of `choices`, in the same order, where that differs. */
  readonly storedChoices?: readonly string[];
  /** A choice that can hold several labels at once; ours is the only one sent. */
  readonly multiple?: boolean;
  /** Longest value in characters, where the vendor states one. */
  readonly maxLength: number | undefined;
}

/** An attribute of an export tied to a field and to the engine's columns. */
export interface Binding {
  readonly attribute: AttributeMapping;
  readonly field: Field;
  /** The type that the value is cast to before it is hashed and sent. */
  readonly type: AttributeType;
  /** The field does not exist yet and is created before the first write. */
  readonly create: boolean;
  /** Column with the typed value: VARCHAR (text, choice, phone), DOUBLE, DATE or BOOLEAN; NULL = nothing to send. */
  readonly column: string;
  /** BOOLEAN column: true = the source is empty and the null policy is `clear`. */
  readonly clear: string;
}

/** An attribute that cannot be bound, found before anything is sent. */
export interface BindProblem {
  readonly attribute: string;
  readonly message: string;
  readonly hint: string | undefined;
}

/**
 * How contacts of one export are written at one destination, as SQL.
 *
 * `payload` and `group` see the columns `key` (VARCHAR, the normalised address),
 * `person` (VARCHAR or NULL, from `match.id`) and those of the bindings.
 */
export interface Codec {
  /**
   * Expression for the canonical JSON object of one contact, VARCHAR, never
   * NULL, members always in the same order. Its SHA-256 is the delivered hash.
   * Values stand under their `Field.id`, at the top or one object further down.
   */
  readonly payload: string;
  /** Expression for the name of the group; rows of different groups never share a batch. `''` when there is one. */
  readonly group: string;
  /**
   * BOOLEAN expression over `payload` (VARCHAR) and `observed` (VARCHAR, the
   * JSON object of `Relation` rows that `members` and `lookup` give): the
   * destination holds what we sent, in the form that it normalises to.
   */
  readonly matches: string;
  /**
   * Expression over `payload` for the number in it, in E.164, by which the
   * destination recognises a contact: sent where another contact has it, the two
   * become one. Undefined when no such number is sent.
   */
  readonly recognisedBy: string | undefined;
  /** Contacts that the destination may lose although its job says that all went well: a sample of each kind is read back. */
  readonly doubtful?: Doubt;
  /** How contacts of one operation, which has `rows` of them in all its groups, travel; `group` is theirs, `''` without it. */
  route(operation: Operation, rows: number, group?: string): Route;
  /** Requests, bytes and minutes at the vendor's limits; pure arithmetic. */
  forecast(work: readonly PlannedWork[]): { requests: number; minutes: number };
}

export interface Doubt {
  /** BOOLEAN expressions over `payload`. */
  readonly kinds: readonly string[];
  /** A sentence: what such a loss comes from and what to do about it. */
  readonly why: string;
}

export interface PlannedWork {
  readonly operation: Operation;
  readonly group: string;
  readonly rows: number;
  readonly batches: number;
}

/** One way to carry an operation out. */
export interface Route {
  /** Stable name, goes into the journal and back into `write`. */
  readonly name: string;
  readonly maxRows: number;
  /** For the whole body, envelope included. */
  readonly maxBytes: number;
  /** Expression over `key`, `payload` and `contact_id` for one row's text in the body. */
  readonly wire: string;
  envelope(group: string, listId: string): { prefix: string; separator: string; suffix: string };
  /** The list has to be read first, and only people still subscribed on it may be in the batch. */
  readonly needsMembers: boolean;
  /** Rows need the destination's own contact id. */
  readonly needsContactId: boolean;
  /** What it takes to call a change of this route delivered. */
  readonly evidence: Evidence;
  /** What is emptied is emptied by itself before the rest is sent, and stays so where the destination refuses the rest. */
  readonly clearsFirst?: true;
  /** `write` only takes batches on, and carries all of a list out when their jobs are first asked about: that is done once for a shipment. */
  readonly together?: boolean;
}
