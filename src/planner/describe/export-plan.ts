import { DELIVERED, SENT, type Action } from "../../reconcile/action.js";
import { mayBeContactsSql } from "../../reconcile/change-set/may-be-contacts.js";
import {
  addedInGroupsSql,
  countRowsOf,
  sumRows,
  countWithdrawn,
  type ChangeSet,
} from "../../reconcile/change-set/change-set.js";
import { countRecorded } from "../../reconcile/recorded.js";
import { sampleChanges, sampleHeld } from "../../reconcile/change-set/samples.js";
import { findMisfits, findUnsafeIntegers } from "../../reconcile/change-set/bad-values.js";
import { findInvalidAddresses } from "../../reconcile/desired/profile-places.js";
import { sampleKeptBack } from "../../reconcile/change-set/sample-kept-back.js";
import { type Cause, type Operation } from "../../model/plan/change.js";
import type { Counts, ExportPlan } from "../../model/plan/plan.js";
import type { ExportProgram } from "../../model/plan/program.js";
import type { Relation } from "../../plugin/relation.js";
import { maxLookedUp, tooManyToLookUpText } from "../../plan/looked-up-first.js";
import { defaultMaxProfiles } from "../../plan/account-limit.js";
import { askCheck } from "../../plan/checks/check.js";
import { integerTooLarge } from "../../plan/checks/integer-too-large.js";
import { protection } from "../../plan/checks/protected.js";
import type { FoundOnce } from "../../plan/checks/registry.js";
import { maxRejected } from "../../plan/checks/safeguards/max-rejected.js";
import { typeChanged } from "../../plan/checks/type-changed.js";
import { forecastCost } from "../../plan/cost.js";
import { isOverridden, withOverrides } from "../../plan/overrides.js";
import { checkSafeguards } from "../../plan/safeguards.js";
import { checksOfRemovals } from "../rows/only-removals.js";
import { shownAddress } from "./shown-address.js";
import type { BuiltChangeSet, EvaluatedExport } from "../prepared.js";
import type { Run } from "../../run/run.js";
import { countEverything } from "./export-counts.js";
import { checksSoFar, consentChecks, addressChecks } from "./export-checks.js";

const SAMPLES = 3;
const CAUSES: readonly Cause[] = ["config", "churn", "drift"];

/** Everything a plan says about one export. */
export async function describeExport(
  run: Run,
  evaluated: EvaluatedExport,
  changeSet: BuiltChangeSet,
  claims: string,
  everybody: Relation | undefined,
): Promise<ExportPlan> {
  const { engine } = run;
  const { wanted, open, program, codec, list, facts, tables } = evaluated;
  const counts = await countEverything(run, evaluated, changeSet, claims);
  const recorded = await countRecorded(engine, claims, wanted.name);
  const unsafe = await findUnsafeIntegers(engine, tables.profiles, program);
  const invalid = facts.invalid === 0 ? {} : await findInvalidAddresses(engine, program, tables);
  const badValues =
    countRowsOf(changeSet, DELIVERED) === 0 ? [] : await findMisfits(engine, tables, changeSet, program);
  const lastApplied: Partial<ExportProgram> = evaluated.applied?.definition.compiled ?? {};
  const examples = { each: SAMPLES, address: shownAddress(run, evaluated) };
  const inRows: FoundOnce[] = [
    ...askCheck(protection, {
      recorded: evaluated.applied?.protect === true,
      wanted: wanted.protect,
      delivered: recorded,
      staying: counts.add + counts.update + counts.unchanged,
      removed: counts.remove - countWithdrawn(changeSet) - counts.strangerRemovals,
      leaving: evaluated.leaving || evaluated.relocation?.oldMembers === "remove",
    }),
    ...(await consentChecks(run, evaluated, claims, recorded)),
    ...(await addressChecks(run, evaluated, counts, recorded, invalid)),
    ...checkSafeguards(wanted, {
      counts,
      withdrawn: countWithdrawn(changeSet),
      recorded,
      sourceRows: facts.rows,
      emptySegments: facts.emptySegments,
      defaultMaxProfiles: defaultMaxProfiles(open.connection, open.plugin.capabilities),
    }),
    ...askCheck(integerTooLarge, unsafe),
    ...askCheck(typeChanged, { mapped: wanted.attributes, now: program, before: lastApplied, badValues }),
    ...askCheck(maxRejected, {
      safeguards: wanted.safeguards,
      overridden: isOverridden(maxRejected.name, wanted.name, run.overrides),
    }),
  ];
  const checks = [...checksSoFar(evaluated), ...inRows];
  return {
    name: wanted.name,
    displayName: wanted.displayName,
    connection: wanted.connection,
    type: open.connection.type,
    account: open.accountKey,
    list: {
      id: list?.id,
      name: list?.name ?? ("name" in wanted.list ? wanted.list.name : undefined),
      create: list === undefined,
    },
    mode: wanted.mode,
    firstRun: evaluated.firstRun,
    counts,
    causes: Object.fromEntries(
      SENT.map((operation) => [operation, causesOf(changeSet, operation)]),
    ) as ExportPlan["causes"],
    causeNote: evaluated.causeNote,
    ...(evaluated.keepsAddress ? {} : { addressComputed: true }),
    // Who wrote the SQL chooses whom and what examples show, a person at a time.
    samples: run.untrusted
      ? []
      : [
          ...(countRowsOf(changeSet, SENT) === 0
            ? []
            : await sampleChanges(engine, changeSet, program, examples)),
          ...(isNobodyHeld(counts) ? [] : await sampleHeld(engine, tables, examples)),
          ...(run.reveal
            ? await sampleKeptBack(
                engine,
                { tables, changes: evaluated.changes, changeSet, program },
                SAMPLES,
              )
            : []),
        ],
    badValues,
    ...(facts.invalid === 0 ? {} : { invalidAddresses: invalid }),
    ...(evaluated.restraints.length === 0 ? {} : { restraints: evaluated.restraints }),
    ...(await notLookedUp(run, evaluated, changeSet, everybody)),
    fieldsToCreate: evaluated.bindings.filter(({ create }) => create).map(({ field }) => field.name),
    cost: forecastCost(
      codec,
      changeSet.counts.flatMap(({ action, group, rows, bytes }) =>
        isSent(action) ? [{ operation: action, group, rows, bytes }] : [],
      ),
    ),
    checks: withOverrides(wanted.name, checksOfRemovals(run, checks), run.overrides),
    error: undefined,
  };
}

/** Batches that carry few are looked up whole, however many they are. */
async function notLookedUp(
  { engine }: Run,
  { open: { plugin }, codec }: EvaluatedExport,
  changeSet: BuiltChangeSet,
  everybody: Relation | undefined,
): Promise<Pick<ExportPlan, "notLookedUp">> {
  const { lookupTellsOptOuts, lookupUpTo } = plugin.capabilities;
  const adds = changeSet.counts.filter(({ action }) => action === "add");
  const rows = sumRows(adds);
  const most = maxLookedUp(plugin.capabilities);
  if (!lookupTellsOptOuts || rows <= most) return {};
  const groups = adds.map(({ group }) => group);
  const large = groups.filter((group) => codec.route("add", rows, group).maxRows > lookupUpTo);
  const people = addedInGroupsSql(changeSet, large);
  const count = await engine.count(`SELECT count(*) FROM (${mayBeContactsSql(people, everybody)})`);
  return count > most ? { notLookedUp: tooManyToLookUpText(count, everybody !== undefined) } : {};
}

/** Apart from invalid addresses, of which there are no examples. */
function isNobodyHeld({ heldBack }: Counts): boolean {
  return Object.keys(heldBack).every((reason) => reason === "invalid");
}

function isSent(action: Action): action is Operation {
  return (SENT as readonly Action[]).includes(action);
}

function causesOf({ counts }: ChangeSet, operation: Operation): Record<Cause, number> {
  const own = counts.filter(({ action }) => action === operation);
  return Object.fromEntries(
    CAUSES.map((cause) => [cause, sumRows(own.filter((count) => count.cause === cause))]),
  ) as Record<Cause, number>;
}
