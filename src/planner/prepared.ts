import type { ChangeSet } from "../reconcile/change-set/change-set.js";
import type { KnownOptOuts } from "../reconcile/people/earlier-addresses.js";
import type { DesiredFacts, DesiredTables } from "../reconcile/desired/desired.js";
import type { Restraint } from "../reconcile/compile/compile-restraint.js";
import type { Export } from "../model/config/export.js";
import type { Failure } from "../model/failure.js";
import type { ExportPlan } from "../model/plan/plan.js";
import type { ExportProgram } from "../model/plan/program.js";
import type { FoundAgain, FoundOnce } from "../plan/checks/registry.js";
import type { Binding, Codec } from "../plugin/codec.js";
import type { ListInfo, OptOutQuery, OptOutRead } from "../plugin/destination.js";
import type { ExportState } from "../state/root/root.js";
import type { OpenConnection } from "../run/accounts.js";
import type { Relocation } from "../records/relocation.js";

/** An export compiled and tied to its account. */
export interface CompiledExport {
  /** What is recorded of it, whatever it was called. */
  readonly applied: ExportState | undefined;
  /** Its name in the record, when that is another one. */
  readonly renamedFrom: string | undefined;
  /** Names of records of the same list that become part of its own. */
  readonly united: readonly string[];
  readonly relocation: Relocation | undefined;
  /** It is no longer in the config and only gets off its list. */
  readonly leaving: boolean;
  /** Nobody leaves before this export has taken the people to its new list. */
  readonly after: string | undefined;
  readonly wanted: Export;
  readonly open: OpenConnection;
  /** Undefined: to be created. */
  readonly list: ListInfo | undefined;
  /** Ids of lists that it came from, or comes from now: who opted out there is held back here. */
  readonly formerLists: readonly string[];
  /** What `match.id` was before; see `formerIdsOf`. Once evaluated, less what was given up. */
  readonly formerIds: readonly string[];
  readonly bindings: readonly Binding[];
  readonly codec: Codec;
  readonly program: ExportProgram;
  /** Undefined when the user's own data holds nobody back. */
  readonly restraint: Restraint | undefined;
  readonly definition: { readonly text: string; readonly digest: string };
  /** Its addresses are a source's column as it stands, now and as last applied. */
  readonly keepsAddress: boolean;
  /** Safe as part of an SQL name. */
  readonly prefix: string;
  /** The program last applied, when it differs and can still be evaluated. */
  readonly previous: ExportProgram | undefined;
  readonly changed: boolean;
  /** Whether what was applied last had read values in another way. */
  readonly reread: boolean;
  readonly firstRun: boolean;
  readonly causeNote: string | undefined;
  /** What was found out before anybody was compared. */
  readonly checks: readonly FoundAgain[];
}

/** Whom an export wants, compared with nothing yet. */
export interface DesiredPeople {
  readonly tables: DesiredTables;
  readonly facts: DesiredFacts;
  /** What was found out on the way. */
  readonly checks: readonly FoundOnce[];
  /** Former ids of which `checks` say that they are lost. */
  readonly lostIds: readonly string[];
  /** See `EvaluatedExport`; undefined before its list was looked at. */
  readonly observed: EvaluatedExport["observed"];
}

/** An export whose people were evaluated and compared. */
export interface EvaluatedExport extends CompiledExport {
  /** What was found out of the people, beside `checks`. */
  readonly found: readonly (FoundAgain | FoundOnce)[];
  readonly tables: DesiredTables;
  readonly facts: DesiredFacts;
  /** Segments that suppress or exclude people, with how many addresses were read of each. */
  readonly restraints: NonNullable<ExportPlan["restraints"]>;
  /** Table of the changes. */
  readonly changes: string;
  /** Members as read just now: the whole list at the first run, or those whose outcome was unknown. */
  readonly observed: { readonly table: string; readonly whole: boolean } | undefined;
  /** Table `key`: whom others took off; see `createTakenOffTable`. */
  readonly takenOff: string | undefined;
}

/** A change set with what was found out when it was built. */
export interface BuiltChangeSet extends ChangeSet {
  /** Recorded members whom somebody else took off the list; undefined when the list was not read. */
  readonly drifted: number | undefined;
  /** People who would be added and are left out because only removals are sent. */
  readonly addsLeftOut?: number;
}

/** What change sets are built with. */
export interface AccountFindings {
  /** View of the account's claims. */
  readonly claims: string;
  /** Table of the numbers that more than one contact has. */
  readonly sharedPhones: string | undefined;
}

/** An export with everything that a plan shows and an apply sends. */
export interface PreparedExport extends EvaluatedExport {
  readonly changeSet: ChangeSet;
  /** Builds what is sent once more, with fields whose ids were not known before. */
  readonly rebuilt: (bound: EvaluatedExport) => Promise<BuiltChangeSet>;
  readonly plan: ExportPlan;
}

export interface FailedExport {
  readonly wanted: Export;
  readonly failure: Failure;
  readonly plan: ExportPlan;
}

/** One destination account with all exports of this run that go there. */
export interface PreparedAccount {
  readonly key: string;
  readonly open: OpenConnection;
  readonly exports: readonly PreparedExport[];
  /** Those and the ones that failed only after they were compared. */
  readonly evaluated: readonly EvaluatedExport[];
  readonly checks: readonly FoundAgain[];
  readonly addresses: number;
  /** Of these, new to the account's record. */
  readonly added: number;
  readonly limit: number | undefined;
  /** Contacts that the account stores, ours or not; undefined where that was not asked, or is not told. */
  readonly stored: number | undefined;
  /** Opt-outs as read now, to be recorded by an apply, what was asked for them, and which places the last read read to the end. */
  readonly optOuts: KnownOptOuts & {
    readonly asked: Omit<OptOutQuery, "since">;
    /** Table as `table` was when it was read: look-ups may show more people, whose other addresses the plan does not know. */
    readonly atPlan: string;
    /** Every contact of the account, as `OptOutRead.contacts` tells them; undefined where not all of them were read. */
    readonly everybody: OptOutRead["contacts"];
    /** See `createStoredPhones`; undefined when nobody is recognised by a number, or the destination does not tell them. */
    readonly phones: string | undefined;
    /** Of the destination: how old a write has to be to show in a read. */
    readonly lagSeconds: number;
    readonly whole: OptOutRead["whole"];
    /** A read tells of all contacts that changed, and not only who opted out. */
    readonly tellsContacts: boolean;
    readonly watermark: string;
    readonly readAt: string;
  };
  /** When the last of its lists was looked at. */
  readonly preparedAt: Date;
  /** How old a read may be when somebody is added or updated. */
  readonly optOutsFreshMs: number;
  /** View of the account's claims. */
  readonly claims: string;
  /** Table of the numbers that more than one contact has. */
  readonly sharedPhones: string | undefined;
}
