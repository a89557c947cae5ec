import type { Cause, HoldReason, Operation } from "./change.js";
import type { DestinationType } from "../config/connection.js";
import type { SyncMode } from "../config/export.js";
import type { Narrowing } from "./narrowing.js";
import type { Place } from "../words/place.js";
import type { PolicyResult } from "../config/policy.js";

/** What one run would do and what that was computed from. Holds no address in the clear unless `revealed`. */
export interface Plan {
  readonly formatVersion: "1.0";
  readonly tool: string;
  /** ISO time; also the run clock that the SQL saw. */
  readonly createdAt: string;
  /** IANA; in which people read times. Missing in a plan that was saved before it was kept. */
  readonly timezone?: string;
  /** The environment of the config; missing where it has none. */
  readonly environment?: string;
  readonly lineage: string;
  readonly configDigest: string;
  readonly revealed: boolean;
  /** What the run was limited to and which checks were let pass in advance; missing where neither was. */
  readonly narrowing?: Narrowing;
  readonly configChanges: readonly ConfigChange[];
  /** What is worth knowing and changes nothing, such as a block that was carried out already. */
  readonly notes?: readonly string[];
  /** In the order of the configuration; missing where it has none. */
  readonly policies?: readonly PolicyResult[];
  /** What was read for it, in the order of the configuration; missing in a plan that was saved before it was kept. */
  readonly sources?: readonly SourcePlan[];
  readonly accounts: readonly AccountPlan[];
  readonly exports: readonly ExportPlan[];
  readonly digest: PlanDigest;
  /** What `apply --expect-digest` takes: the control digest, and how much may be done to each export. */
  readonly expect: string;
}

/** What an approval binds. */
export interface PlanDigest {
  /** SHA-256 of what is configured and what it meets: definitions, lists, fields, checks. Not of the people. */
  readonly control: string;
  /** SHA-256 of the rows, of a saved plan only. */
  readonly rows?: string;
}

/** What differs between the configuration and the record of an export. */
export interface ConfigChange {
  readonly export: string;
  readonly kind:
    | "new"
    | "changed"
    /** In the record, and nothing in the configuration says what becomes of it. */
    | "orphaned"
    | "renamed"
    | "moved"
    | "removed"
    | "protected"
    | "unprotected";
  /** Unified diff of the YAML form; empty where only the record changes. */
  readonly diff: string;
  /** The name or the list before, of a renamed or moved export. */
  readonly from?: string;
  /** What becomes of its people. */
  readonly detail?: string;
  /** What one could write. */
  readonly hint?: string;
}

/** A source as it was read. */
export interface SourcePlan {
  readonly name: string;
  readonly type: string;
  readonly rows: number;
  /** How many of its columns were read. */
  readonly columns: number;
  /** What proves that these were all its rows, in words that follow "complete by". */
  readonly proof: string;
  /** What tells this reading from another, such as an ETag; missing where there is nothing of the kind. */
  readonly snapshot?: string;
  /** ISO time: what was read is what was there then; missing where nobody says so. */
  readonly asOf?: string;
  readonly seconds: number;
}

/** What all exports to one account mean together. */
export interface AccountPlan {
  readonly connection: string;
  readonly type: DestinationType;
  readonly id: string;
  readonly label: string;
  /** No recorded export goes to this account yet. */
  readonly isNew?: boolean;
  /** Distinct addresses over all exports once applied, and how many the contract (or the default limit) allows. */
  readonly addresses: number;
  readonly limit: number | undefined;
  /** Contacts that the vendor says are stored, ours or not; missing where it was not asked, because the contract is not stated. */
  readonly stored?: number;
  /** Of the addresses, those that are new to the record; some of them may be stored already. */
  readonly added?: number;
  /** Unfinished work of an earlier run that apply will settle first. */
  readonly unfinishedRun: string | undefined;
  readonly checks: readonly Check[];
}

export interface ExportPlan {
  readonly name: string;
  readonly displayName: string | undefined;
  readonly connection: string;
  readonly type: DestinationType;
  readonly account: string;
  readonly list: {
    readonly id: string | undefined;
    readonly name: string | undefined;
    readonly create: boolean;
  };
  readonly mode: SyncMode;
  /** Why it is kept without a connection that may be used, and inactive; its counts are 0. */
  readonly detached?: string;
  /** Nothing of this export is recorded yet. */
  readonly firstRun: boolean;
  readonly counts: Counts;
  readonly causes: Readonly<Record<Operation, Readonly<Record<Cause, number>>>>;
  /** Set when the old definition could not be evaluated, so that everything counts as `config`. */
  readonly causeNote: string | undefined;
  /** SQL makes the addresses of this export, so that a part of one may tell anything: examples show none. */
  readonly addressComputed?: boolean;
  readonly samples: readonly Sample[];
  readonly badValues: readonly BadValues[];
  readonly fieldsToCreate: readonly string[];
  /** Where the invalid addresses are; missing where there is no such address. */
  readonly invalidAddresses?: Place;
  /** Segments that suppress or exclude people, with how many addresses were read of each. */
  readonly restraints?: readonly { readonly segment: string; readonly addresses: number }[];
  /** What is not known of people to be added who are too many to be looked up first; missing where they are not. */
  readonly notLookedUp?: string;
  readonly cost: Cost;
  readonly checks: readonly Check[];
  /** It can be planned only once the change that brings its connection is merged; `error` says so. */
  readonly awaitsTrust?: boolean;
  /** The export could not be planned; its counts mean nothing. */
  readonly error:
    { readonly kind: string; readonly message: string; readonly hint: string | undefined } | undefined;
}

export interface Counts {
  /** Distinct valid addresses the segments yield, before anyone is held back. */
  readonly desired: number;
  readonly add: number;
  readonly update: number;
  readonly remove: number;
  readonly unchanged: number;
  /** Left the segments but stay on the list (add-only, upsert, or found there). */
  readonly left: number;
  /** Desired people already on the list at the first run. */
  readonly found: number;
  /** Members of the list that no export claims; only known when the list was read. */
  readonly strangers: number | undefined;
  /** Of the strangers, those who are taken over as ours without being sent anything. */
  readonly adopted: number;
  /** Of `remove`, members whom no export claims. */
  readonly strangerRemovals: number;
  /** Of `remove`, those who withdrew: no consent, or suppressed. Missing in a plan that was saved before it was counted. */
  readonly withdrawn?: number;
  /** Recorded members whom somebody else took off the list; only known when the list was read. */
  readonly drifted: number | undefined;
  readonly heldBack: Readonly<Partial<Record<HoldReason, number>>>;
}

/** One change as an example. */
export interface Sample {
  /** `not sent`: the person goes, a value does not. */
  readonly operation: Operation | "held back" | "not sent";
  readonly cause: Cause | undefined;
  /** Of a value that is not sent `ATTRIBUTE: what was expected`. */
  readonly reason: HoldReason | `${string}: ${string}` | undefined;
  /** `a•••@example.com` unless the plan is revealed. */
  readonly address: string;
  /** Attributes that changed, for an update. */
  readonly fields: readonly string[];
}

/** Values of one attribute that are not sent because they do not fit, and where the first of them stands. */
export interface BadValues extends Place {
  readonly attribute: string;
  readonly reason: string;
  readonly count: number;
}

/** What applying will take at the vendor's rate limits. */
export interface Cost {
  readonly requests: number;
  readonly bytes: number;
  readonly minutes: number;
}

/** A safeguard or limit and whether it holds. Only checks worth a look are listed. */
export interface Check {
  /** Stable kebab-case name, e.g. `max-removals`. */
  readonly name: string;
  readonly status: "ok" | "warning" | "failed" | "overridden";
  readonly message: string;
  readonly hint?: string;
  /** What `--override` takes to let the export pass it; missing where nobody may. */
  readonly override?: string;
}
