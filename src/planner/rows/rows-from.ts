import type { KnownOptOuts } from "../../reconcile/people/earlier-addresses.js";
import type { Failure } from "../../model/failure.js";
import type { Check, ExportPlan } from "../../model/plan/plan.js";
import type {
  AccountFindings,
  BuiltChangeSet,
  CompiledExport,
  DesiredPeople,
  EvaluatedExport,
} from "../prepared.js";
import type { Relation } from "../../plugin/relation.js";
import type { Run } from "../../run/run.js";

/** What an export is evaluated against. */
export interface AccountFacts {
  readonly key: string;
  readonly optOuts: KnownOptOuts;
  /** View of the account's claims. */
  readonly claims: string;
  readonly missingSources: ReadonlyMap<string, Failure>;
}

/**
 * Where the rows of a run come from: evaluated on the sources as they are now
 * (`fromSources`), or as a saved plan holds them. Everything before and after is
 * the same code.
 */
export interface RowsFrom {
  /** Reads what is needed and locks the engine. Returns why sources that could not be read failed. */
  load(run: Run, exports: readonly CompiledExport[]): Promise<ReadonlyMap<string, Failure>>;
  /** Whether a person who looked lets an export pass a check that fails. */
  passes(run: Run, exportName: string, check: Check): boolean;
  /** Who is desired; undefined where only the rest is known. */
  findDesired(run: Run, compiled: CompiledExport, account: AccountFacts): Promise<DesiredPeople | undefined>;
  /** Looks who is on the list still, as far as that has to be known before anybody is compared. */
  look(
    run: Run,
    compiled: CompiledExport,
    account: AccountFacts,
    desired: DesiredPeople,
  ): Promise<DesiredPeople>;
  /** `desired` as `look` gave it, once it has given that of every export of the account. */
  evaluate(
    run: Run,
    compiled: CompiledExport,
    account: AccountFacts,
    desired: DesiredPeople | undefined,
  ): Promise<EvaluatedExport>;
  /** Once every export of an account is evaluated: who stays because another export wants them. */
  settle(run: Run, evaluated: readonly EvaluatedExport[], account: AccountFacts): Promise<void>;
  /** Table of phone numbers that more than one contact has, given those that the destination has stored. */
  sharedPhones(
    run: Run,
    evaluated: readonly EvaluatedExport[],
    account: { readonly key: string; readonly prefix: string; readonly stored: string | undefined },
  ): Promise<string | undefined>;
  /** What would be sent. */
  changeSet(run: Run, evaluated: EvaluatedExport, beside: AccountFindings): Promise<BuiltChangeSet>;
  /** The same once fields exist whose ids were not known before. */
  rebuilt(run: Run, evaluated: EvaluatedExport, beside: AccountFindings): Promise<BuiltChangeSet>;
  describe(
    run: Run,
    evaluated: EvaluatedExport,
    changeSet: BuiltChangeSet,
    claims: string,
    /** Every contact of the account, where all were read. */
    everybody: Relation | undefined,
  ): Promise<ExportPlan>;
}
