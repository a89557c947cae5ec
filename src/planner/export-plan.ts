import { counted } from "../model/counted.js";
import type { Action } from "../reconcile/classify.js";
import { consentName } from "../reconcile/compile/consent-expression.js";
import { deliverableSql } from "../reconcile/desired/desired.js";
import { mayBeContacts } from "../reconcile/changes/may-be-contacts.js";
import { countLostAddresses } from "../reconcile/lost-addresses.js";
import { strangersSql } from "../reconcile/strangers.js";
import {
  countHeld,
  sampleChanges,
  sampleHeld,
  silentMembers,
  type ActionCount,
} from "../reconcile/changes/measure.js";
import { findMisfits, findUnsafeIntegers } from "../reconcile/payloads/bad-values.js";
import { findAnswers, findInvalidAddresses } from "../reconcile/desired/profile-places.js";
import { sampleKeptBack } from "../reconcile/payloads/sample-kept-back.js";
import type { Cause, HoldReason, Operation } from "../model/change.js";
import { placeInBrackets, type Place } from "../model/place.js";
import type { BadValues, Check, Counts, ExportPlan } from "../model/plan.js";
import type { ExportProgram } from "../model/program.js";
import { literal, type Relation } from "../plugin/relation.js";
import { lookedUpAtMost, tooManyToLookUp } from "../plan/looked-up-first.js";
import { defaultMaxProfiles } from "../plan/checks/account-limit.js";
import { checkChangedTypes } from "../plan/checks/changed-types.js";
import { checkConsent } from "../plan/checks/consent.js";
import { unlimitedRejects } from "../plan/checks/max-rejected.js";
import { checkConsentData } from "../plan/checks/consent-data.js";
import { forecastCost } from "../plan/cost.js";
import { checkLostAddresses } from "../plan/checks/lost-addresses.js";
import { withOverrides } from "../plan/overrides.js";
import { checkStrangerRemovals } from "../plan/checks/stranger-removals.js";
import { checkProtection } from "../plan/checks/protection.js";
import { checkSafeguards } from "../plan/checks/safeguards.js";
import { aboutRemovals } from "./only-removals.js";
import { shownAddress } from "./shown-address.js";
import type { CompiledExport, EvaluatedExport, Payloads } from "./prepared.js";
import type { Session } from "../run/run.js";

const SAMPLES = 3;
const OPERATIONS: readonly Operation[] = ["add", "update", "remove"];
const CAUSES: readonly Cause[] = ["config", "churn", "drift"];

/** Everything a plan says about one export. */
export async function describeExport(
  session: Session,
  evaluated: EvaluatedExport,
  payloads: Payloads,
  claims: string,
  everybody: Relation | undefined,
): Promise<ExportPlan> {
  const { engine } = session;
  const { wanted, open, program, codec, list, facts, tables } = evaluated;
  const counts = await countEverything(session, evaluated, payloads, claims);
  const recorded = await engine.count(
    `SELECT count(*) FROM ${claims} WHERE export = ${literal(wanted.name)} AND status IN ('member', 'unknown')`,
  );
  const unsafe = await findUnsafeIntegers(engine, tables.profiles, program);
  const invalid = facts.invalid === 0 ? {} : await findInvalidAddresses(engine, program, tables);
  const badValues = await findMisfits(engine, tables, payloads.path, program);
  const lastApplied: Partial<ExportProgram> = evaluated.applied?.definition.compiled ?? {};
  const examples = { each: SAMPLES, address: shownAddress(session, evaluated) };
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
      OPERATIONS.map((operation) => [operation, causesOf(payloads.actions, operation)]),
    ) as ExportPlan["causes"],
    causeNote: evaluated.causeNote,
    ...(evaluated.keepsAddress ? {} : { addressComputed: true }),
    // Who wrote the SQL chooses whom and what examples show, a person at a time.
    samples: session.untrusted
      ? []
      : [
          ...(await sampleChanges(engine, payloads.path, program, examples)),
          ...(await sampleHeld(engine, tables, examples)),
          ...(session.reveal
            ? await sampleKeptBack(
                engine,
                { tables, changes: evaluated.changes, payloads: payloads.path, program },
                SAMPLES,
              )
            : []),
        ],
    badValues,
    ...(facts.invalid === 0 ? {} : { invalidAddresses: invalid }),
    ...(evaluated.restraints.length === 0 ? {} : { restraints: evaluated.restraints }),
    ...(await notLookedUp(session, evaluated, payloads, everybody)),
    fieldsToCreate: evaluated.bindings.filter(({ create }) => create).map(({ field }) => field.name),
    cost: forecastCost(
      codec,
      payloads.actions
        .filter(({ action }) => (OPERATIONS as readonly string[]).includes(action))
        .map(({ action, group, rows, bytes }) => ({ operation: action as Operation, group, rows, bytes })),
    ),
    checks: withOverrides(
      wanted.name,
      aboutRemovals(session, [
        ...presentChecks(evaluated),
        ...checkProtection({
          recorded: evaluated.applied?.protect === true,
          wanted: wanted.protect,
          delivered: recorded,
          staying: counts.add + counts.update + counts.unchanged,
          removed: counts.remove - withdrawnOf(payloads.actions) - counts.strangerRemovals,
          leaving: evaluated.leaving || evaluated.relocation?.oldMembers === "remove",
        }),
        ...(await consentChecks(session, evaluated, claims, recorded)),
        ...(await addressChecks(session, evaluated, counts, recorded, invalid)),
        ...checkStrangerRemovals(wanted, counts, recorded),
        ...checkSafeguards(wanted, {
          // Strangers have a safeguard of their own.
          counts: { ...counts, remove: counts.remove - counts.strangerRemovals },
          withdrawn: withdrawnOf(payloads.actions),
          recorded,
          sourceRows: facts.rows,
          emptySegments: facts.emptySegments,
          defaultMaxProfiles: defaultMaxProfiles(open.connection, open.plugin.capabilities),
        }),
        ...unsafe.map(unsafeInteger),
        ...checkChangedTypes(wanted.attributes, program, lastApplied, badValues),
        ...unlimitedRejects(wanted, session.overrides),
      ]),
      session.overrides,
    ),
    error: undefined,
  };
}

/** Batches that carry few are looked up whole, however many they are. */
async function notLookedUp(
  { engine }: Session,
  { open: { plugin }, codec }: EvaluatedExport,
  { path, actions }: Payloads,
  everybody: Relation | undefined,
): Promise<Pick<ExportPlan, "notLookedUp">> {
  const { lookupTellsOptOuts, lookupUpTo } = plugin.capabilities;
  const adds = actions.filter(({ action }) => action === "add");
  const rows = adds.reduce((sum, own) => sum + own.rows, 0);
  const most = lookedUpAtMost(plugin.capabilities);
  if (!lookupTellsOptOuts || rows <= most) return {};
  const groups = adds.map(({ group }) => group);
  const large = groups.filter((group) => codec.route("add", rows, group).maxRows > lookupUpTo);
  const people = `SELECT key FROM read_parquet(${literal(path)}) WHERE action = 'add' AND grp IN (${["NULL", ...large.map(literal)].join(", ")})`;
  const count = await engine.count(`SELECT count(*) FROM (${mayBeContacts(people, everybody)})`);
  return count > most ? { notLookedUp: tooManyToLookUp(count, everybody !== undefined) } : {};
}

/** Checks that say how things stand when they are asked, whatever the rows are. */
export function presentChecks({ open, checks }: CompiledExport): Check[] {
  return [...checkConsent(open.connection), ...checks];
}

async function consentChecks(
  { engine }: Session,
  { wanted, program, tables, facts }: EvaluatedExport,
  claims: string,
  recorded: number,
): Promise<Check[]> {
  if (wanted.consent === undefined) return [];
  const silent = silentMembers(tables, claims, wanted.name);
  return checkConsentData(
    {
      name: consentName(wanted.consent),
      unclear: facts.unclearConsent,
      silent: await engine.count(`SELECT count(*) FROM (${silent})`),
      recorded,
    },
    {
      unclear: () => findAnswers(engine, program, tables, ["other"]),
      silent: () => findAnswers(engine, program, tables, ["missing", "other"], silent),
    },
  );
}

async function addressChecks(
  { engine }: Session,
  { program, tables, changes, facts }: EvaluatedExport,
  counts: Counts,
  recorded: number,
  invalid: Place,
): Promise<Check[]> {
  if (facts.invalid === 0 || counts.remove === 0) return [];
  const lost = await countLostAddresses(engine, tables, changes, program);
  return checkLostAddresses(lost, recorded, invalid);
}

async function countEverything(
  { engine }: Session,
  evaluated: EvaluatedExport,
  payloads: Payloads,
  claims: string,
): Promise<Counts> {
  const { facts, tables, observed, list, wanted, changes } = evaluated;
  const total = (...actions: Action[]): number =>
    payloads.actions
      .filter(({ action }) => (actions as string[]).includes(action))
      .reduce((sum, { rows }) => sum + rows, 0);
  const held = await countHeld(engine, tables);
  // Desired and yet removed is only who opted out with another address.
  const others = await engine.rows<{ action: HoldReason | "gone" | "none"; n: number }>(
    `SELECT CASE WHEN action IN ('remove', 'release') THEN 'address changed after opt-out' ELSE action END AS action, count(*) AS n
     FROM ${changes} WHERE profile IS NOT NULL
       AND action IN ('rejected', 'gone', 'opted out', 'address changed after opt-out', 'remove', 'release') GROUP BY 1`,
  );
  const more = (action: string): number => others.find((other) => other.action === action)?.n ?? 0;
  const gone = more("gone") + total("gone");
  const reasons: [HoldReason, number][] = [
    ["invalid", facts.invalid],
    ["forgotten", held.get("forgotten") ?? 0],
    ["suppressed", held.get("suppressed") ?? 0],
    ["no consent", held.get("no consent") ?? 0],
    ["opted out", (held.get("opted out") ?? 0) + more("opted out")],
    ["rejected", more("rejected")],
    ["gone at destination", gone],
    ["address changed after opt-out", more("address changed after opt-out")],
  ];
  const heldBack = Object.fromEntries(reasons.filter(([, n]) => n > 0));
  const deliverable = await engine.count(`SELECT count(*) FROM (${deliverableSql(tables)})`);
  const leftBefore = await engine.count(
    `SELECT count(*) FROM ${claims} AS c ANTI JOIN ${changes} AS x ON x.key = c.key AND x.action NOT IN ('none', 'left')
     WHERE c.export = ${literal(wanted.name)} AND c.status = 'left'`,
  );
  const heldOfDeliverable =
    more("rejected") + more("opted out") + more("address changed after opt-out") + gone;
  const add = total("add");
  const update = total("update");
  return {
    desired: facts.desired,
    add,
    update,
    remove: total("remove"),
    unchanged: deliverable - heldOfDeliverable - add - update - (payloads.addsLeftOut ?? 0),
    left: leftBefore + total("left"),
    found: payloads.actions.reduce((sum, { found }) => sum + found, 0),
    strangers:
      observed?.whole !== true || list === undefined
        ? undefined
        : await countStrangers(engine, evaluated, observed.table, list.id, claims),
    adopted: total("adopt"),
    strangerRemovals: payloads.actions
      .filter(({ action }) => action === "remove")
      .reduce((sum, { strangers }) => sum + strangers, 0),
    withdrawn: withdrawnOf(payloads.actions),
    drifted: payloads.drifted,
    heldBack,
  };
}

function countStrangers(
  engine: Session["engine"],
  { tables }: EvaluatedExport,
  observed: string,
  listId: string,
  claims: string,
): Promise<number> {
  return engine.count(
    `SELECT count(*) FROM (${strangersSql({ listId, desired: tables, claims, observed })})`,
  );
}

/** People who are removed because of consent or suppression. */
export function withdrawnOf(actions: readonly ActionCount[]): number {
  return actions
    .filter(({ action, withdrawn }) => action === "remove" && withdrawn)
    .reduce((sum, { rows }) => sum + rows, 0);
}

function causesOf(actions: readonly ActionCount[], operation: Operation): Record<Cause, number> {
  return Object.fromEntries(
    CAUSES.map((cause) => [
      cause,
      actions
        .filter((count) => count.action === operation && count.cause === cause)
        .reduce((sum, { rows }) => sum + rows, 0),
    ]),
  ) as Record<Cause, number>;
}

function unsafeInteger({ attribute, reason, count, ...place }: BadValues): Check {
  return {
    name: "integer-too-large",
    status: "failed",
    message: `${counted(count, "value")} of ${attribute} ${count === 1 ? "is" : "are"} ${reason}${placeInBrackets(place)}.`,
    hint: "Map the attribute as text.",
  };
}
