import { Failure } from "../../model/failure.js";
import { askCheck } from "../../plan/checks/check.js";
import { optOutsEnded, type EndedOptOuts } from "../../plan/checks/opt-outs-ended.js";
import { isFromFuture } from "../../model/believed-time.js";
import { accountState, type OptOutsRef } from "../../state/root/root.js";
import { join } from "node:path";
import { createHandRemovals, endHandRemovalsOfSeen } from "../../reconcile/people/hand-removals.js";
import { literal } from "../../plugin/relation.js";
import type { OptOutQuery, OptOutRead } from "../../plugin/destination.js";
import {
  addressesViewSql,
  handRemovalsViewSql,
  optOutsMergeSql,
  rememberedSince,
  sharedAddressesViewSql,
  writeOptOutsSql,
} from "../../state/people/opt-outs.js";
import type { OpenConnection } from "../../run/accounts.js";
import { holdDoubtful } from "./ended-opt-outs.js";
import { readRecordedClaims } from "../rows/load-data.js";
import { findOptOutPlaces } from "./opt-out-places.js";
import { createStoredPhones, updateStoredPhones } from "../../reconcile/people/stored-phones.js";
import type { PreparedAccount } from "../prepared.js";
import type { Run } from "../../run/run.js";
import { formerNamesOf, namesOf } from "../../records/transition.js";

export interface AccountOptOuts {
  readonly optOuts: PreparedAccount["optOuts"];
  /** Places that name so many people no more that a person has to look. */
  readonly unlikely: readonly EndedOptOuts[];
}

/**
 * Asks the destination who opted out since the last time, wherever some
 * connection to the account says that people do, and merges that with what is
 * known.
 */
export async function readOptOuts(
  run: Run,
  open: OpenConnection,
  prefix: string,
  options: {
    readonly lists: readonly string[];
    /** All contacts are read, for their numbers. */
    readonly everyone: boolean;
    /** Whether a person lets so many of a place be let back in at once. */
    readonly mayEnd?: (place: EndedOptOuts) => boolean;
  },
): Promise<AccountOptOuts> {
  const { engine, signal } = run;
  const recorded = accountState(run.state.root, open.accountKey)?.optOuts;
  let known: string | undefined;
  if (recorded !== undefined) {
    known = join(run.scratch, `${prefix}-opt-outs.parquet`);
    await run.state.fetchBlob(recorded.blob, known, signal);
  }
  const since = options.everyone ? undefined : goesOnFrom(run, open, recorded?.watermark);
  const asked = { lists: options.lists, ...(await findOptOutPlaces(run, open)) };
  const { read, readAt } = await readOrKnown(run, open, { since, ...asked }, recorded);
  const addresses = `${prefix}_known_addresses`;
  const said = Date.parse(read.watermark.split(" ")[0] ?? "");
  const remembered = rememberedSince(recorded?.readAt, { clock: run.clock, said });
  await engine.run(`CREATE OR REPLACE TABLE ${addresses} AS ${addressesViewSql(known, remembered)}`);
  const claims = await readRecordedClaims(run, open.accountKey);
  const handRemovals = await createHandRemovals(engine, prefix, handRemovalsViewSql(known), claims);
  const { lagSeconds } = open.plugin.capabilities;
  const shared = `${prefix}_shared_addresses`;
  await engine.run(`CREATE OR REPLACE TABLE ${shared} AS ${sharedSql(run, known)}`);
  const phones =
    options.everyone && read.contacts !== undefined
      ? await createStoredPhones(engine, prefix, read.contacts)
      : undefined;
  const table = `${prefix}_opt_outs`;
  const atPlan = `${table}_at_plan`;
  const everybody = since === undefined ? read.contacts : undefined;
  const into = { table, atPlan, addresses, handRemovals, shared, asked, phones, lagSeconds, everybody };
  const mayEnd = options.mayEnd ?? noneMayEnd;
  const merged = await merge(run, open, into, { known, read, readAt, mayEnd });
  await engine.run(`CREATE OR REPLACE TABLE ${atPlan} AS SELECT * FROM ${table}`);
  return merged;
}

/** What exports are recorded to know of addresses, under their names of today. */
function sharedSql({ config, state: { root } }: Run, known: string | undefined): string {
  const former = [...formerNamesOf(config, root)];
  const now = former.map(([before, name]) => `WHEN ${literal(before)} THEN ${literal(name)}`);
  const name = now.length === 0 ? "export" : `CASE export ${now.join(" ")} ELSE export END`;
  const names = namesOf(config, root).map(literal);
  return `SELECT DISTINCT * FROM (SELECT ${name} AS export, key, person FROM (${sharedAddressesViewSql(known)}))
    WHERE export IN (${names.length === 0 ? "NULL" : names.join(", ")})`;
}

/** To take people off, what is known is enough: nobody is let in by it, and an account that cannot be read must not keep them. */
async function readOrKnown(
  { removalsOnly, emit, signal }: Run,
  { destination, connection }: OpenConnection,
  query: OptOutQuery,
  recorded: Pick<OptOutsRef, "watermark" | "readAt"> | undefined,
): Promise<{ read: OptOutRead; readAt: string }> {
  const startedAt = new Date().toISOString();
  try {
    return { read: await destination.optOuts(query, signal), readAt: startedAt };
  } catch (error) {
    const isUnread = error instanceof Failure && error.kind !== "interrupted";
    if (!removalsOnly || !isUnread || recorded === undefined) throw error;
    const message = `The opt-outs of connection "${connection.name}" cannot be read, so people are taken off by those that are known. ${error.message}`;
    emit({ type: "warning", export: undefined, message });
    const nobody = `SELECT NULL::VARCHAR AS email, NULL::VARCHAR AS list_id, NULL::VARCHAR AS reason WHERE false`;
    const { watermark, readAt } = recorded;
    const read = { optedOut: { sql: nobody }, whole: [], seen: undefined, contacts: undefined, watermark };
    return { read, readAt };
  }
}

/** Undefined to read everyone: from a mark that has not come yet nobody would be read at all. */
function goesOnFrom(
  { emit }: Run,
  { connection }: OpenConnection,
  watermark: string | undefined,
): string | undefined {
  const time = Date.parse(watermark?.split(" ")[0] ?? "");
  if (Number.isNaN(time) || !isFromFuture(time, Date.now())) return watermark;
  emit({
    type: "warning",
    export: undefined,
    message: `The opt-outs of connection "${connection.name}" were last read at a time that has not come yet: the clock of an earlier run was ahead, or that of this machine is behind. All of them are read again.`,
  });
  return undefined;
}

/** The same within a run, for what happened since a mark. */
export async function readOptOutsAgain(
  run: Run,
  open: OpenConnection,
  known: PreparedAccount["optOuts"],
  since: string,
): Promise<{ readonly optOuts: PreparedAccount["optOuts"]; readonly read: OptOutRead }> {
  const startedAt = new Date().toISOString();
  const read = await open.destination.optOuts({ since, ...known.asked }, run.signal);
  if (known.phones !== undefined && read.contacts !== undefined)
    await updateStoredPhones(run.engine, known.phones, read.contacts);
  const path = join(run.scratch, `${known.table}-known.parquet`);
  await run.engine.run(writeOptOutsSql({ optOuts: `SELECT * FROM ${known.table}` }, path));
  const { optOuts, unlikely } = await merge(run, open, known, {
    known: path,
    read,
    readAt: startedAt,
    mayEnd: noneMayEnd,
  });
  const [check] = askCheck(optOutsEnded, unlikely);
  // Nobody was asked about those who ended only while the run worked.
  if (check !== undefined) throw new Failure("transient", check.message, { hint: "Plan again." });
  return { optOuts, read };
}

const noneMayEnd = (): boolean => false;

interface MergeInput {
  /** Local copy of what was known; undefined for the first read. */
  readonly known: string | undefined;
  readonly read: OptOutRead;
  readonly readAt: string;
  readonly mayEnd: (place: EndedOptOuts) => boolean;
}

async function merge(
  run: Run,
  { destination }: OpenConnection,
  into: Omit<PreparedAccount["optOuts"], "whole" | "tellsContacts" | "watermark" | "readAt">,
  { known, read, readAt, mayEnd }: MergeInput,
): Promise<AccountOptOuts> {
  const { engine } = run;
  const { table } = into;
  const { whole, watermark } = read;
  const merged = optOutsMergeSql({
    known,
    read: `SELECT address_key(email) AS key, list_id, reason FROM (${read.optedOut.sql})`,
    whole: read.whole,
    seen:
      read.seen &&
      `SELECT lower(email) AS key, list_ids FROM (${read.seen.sql}) WHERE lower(email) = address_key(email)`,
    at: readAt,
  });
  await engine.run(`CREATE OR REPLACE TABLE ${table} AS ${merged}`);
  const unlikely =
    known === undefined ? [] : await holdDoubtful(run, destination, { table, known, whole }, mayEnd);
  if (read.seen !== undefined) {
    const seen = `SELECT address_key(email) AS key, unnest(list_ids::VARCHAR[]) AS list_id FROM (${read.seen.sql})`;
    const { handRemovals, lagSeconds } = into;
    await endHandRemovalsOfSeen(engine, handRemovals, seen, { readAt: new Date(readAt), lagSeconds });
  }
  const tellsContacts = read.contacts !== undefined;
  return { optOuts: { ...into, whole, tellsContacts, watermark, readAt }, unlikely };
}
