import type { ForgetAccount, ForgetError, Shared } from "../model/reports/forget.js";
import { keptFailure } from "../platform/defects.js";
import { Failure } from "../model/failure.js";
import type { ExportProgram } from "../model/plan/program.js";
import type { Contact } from "../plugin/destination.js";
import { ledgerViewSql } from "../state/people/ledger.js";
import { accountState, type AccountState } from "../state/root/root.js";
import type { OpenConnection } from "../run/accounts.js";
import { fetchLedgerFiles } from "../run/ledger-files.js";
import type { Run } from "../run/run.js";
import { openTrial } from "../run/trial-record.js";
import { listOpenTrials } from "../records/open-trials.js";
import type { ForgetTarget } from "./open-targets.js";

/** What is known of the people at one account before anything is done. */
export interface FoundPeople {
  readonly target: ForgetTarget;
  /** About whom the account was asked. */
  readonly asked: readonly string[];
  readonly notAsked: number;
  readonly contacts: readonly Contact[];
  /** `Field.id` of the fields that an export of ours writes, or wrote as last applied. */
  readonly owned: readonly string[];
  readonly listNames: ReadonlyMap<string, string>;
  readonly recorded: number;
  /** A run is unfinished there, or a trial with them, so that more may be on their way than is recorded. */
  readonly unsettled: boolean;
  /** Epoch ms from which on the destination shows what was written last about them. */
  readonly shownFrom: number;
  /** The account could have been asked and was not, or should be and cannot. */
  readonly failure: Failure | undefined;
}

/**
 * Asks one account about the people; only reads. A failure is part of the
 * result. Where no address may be told any more, it is asked about those alone
 * who are recorded there, because it knows them already.
 */
export async function lookUpPeople(
  run: Run,
  target: ForgetTarget,
  people: readonly string[],
): Promise<FoundPeople> {
  const account = target.key === undefined ? undefined : accountState(run.state.root, target.key);
  const claims = await claimsOf(run, account);
  const recorded = new Set(claims.map(({ key }) => key));
  const asked = target.failure === undefined ? people : people.filter((key) => recorded.has(key));
  const none = {
    target,
    asked,
    notAsked: people.length - asked.length,
    contacts: [],
    owned: [],
    listNames: new Map<string, string>(),
    recorded: claims.length,
    unsettled: account?.openRun !== undefined,
    shownFrom: 0,
  };
  if (await isTried(run, target.key, people))
    return { ...none, unsettled: true, failure: stillTried(run, target) };
  const { open, destination } = target;
  if (open === undefined || destination === undefined || (asked.length === 0 && target.failure !== undefined))
    return { ...none, failure: target.failure };
  run.emit({ type: "stage", export: undefined, stage: `looking people up at ${open.connection.name}` });
  try {
    const contacts = await destination.contacts(asked, run.signal);
    const lists = contacts.some((contact) => contact.lists.length > 0)
      ? await destination.lists(run.signal)
      : [];
    return {
      ...none,
      contacts,
      owned: ownedFields(run, target.connections, open),
      listNames: new Map(lists.map(({ id, name }) => [id, name])),
      shownFrom: shownFrom(claims, contacts, open.plugin.capabilities.lagSeconds),
      failure: undefined,
    };
  } catch (error) {
    return { ...none, failure: keptFailure(error) };
  }
}

/** Whether a trial that has not ended works with one of their addresses: what it made would be known of nobody. */
async function isTried(run: Run, key: string | undefined, people: readonly string[]): Promise<boolean> {
  const trial = key === undefined ? undefined : await openTrial(run, key);
  return trial?.subject.addresses.some((address) => people.includes(address)) === true;
}

function stillTried({ state }: Run, { key }: ForgetTarget): Failure {
  const trial = listOpenTrials(state.root, []).find(({ account }) => account === key);
  return new Failure("conflict", "A trial with one of their addresses has not ended.", {
    hint: `${trial?.hint ?? ""} Then run this again.`,
  });
}

/** By today's config and by what was last applied, also of exports that are gone from the config. */
function ownedFields({ config, state }: Run, connections: readonly string[], open: OpenConnection): string[] {
  const names = new Set<string>();
  for (const wanted of config.exports.values()) {
    if (!connections.includes(wanted.connection)) continue;
    for (const { field, create } of open.plugin.bind(wanted.attributes, open.fields).bindings)
      if (!create) names.add(field.name.toLowerCase());
  }
  for (const { list, definition } of Object.values(state.root.exports)) {
    if (list.accountId !== open.accountKey) continue;
    const { attributes } = definition.compiled as unknown as Partial<ExportProgram>;
    for (const { field } of attributes ?? []) names.add(field.toLowerCase());
  }
  return open.fields
    .filter(({ name, writable, type }) => writable && type !== "unsupported" && names.has(name.toLowerCase()))
    .map(({ id }) => id);
}

interface Claim {
  readonly key: string;
  readonly list: string;
  readonly status: string;
  /** Epoch ms. */
  readonly changedAt: number;
}

async function claimsOf(run: Run, account: AccountState | undefined): Promise<Claim[]> {
  const ledger = account?.ledger;
  if (ledger === undefined || ledger.rows === 0) return [];
  const claims = ledgerViewSql(await fetchLedgerFiles(run, ledger));
  return run.engine.rows<Claim>(
    `SELECT key, list_id AS list, status, epoch_ms(changed_at) AS "changedAt" FROM (${claims})
     WHERE key IN (SELECT key FROM forget_people)`,
  );
}

/** Whoever was put on a list a moment ago and is not seen there may still appear. */
function shownFrom(claims: readonly Claim[], contacts: readonly Contact[], lagSeconds: number): number {
  const lists = new Map(contacts.map((contact) => [contact.email.trim().toLowerCase(), contact.lists]));
  const missing = claims.filter(
    ({ key, list, status }) =>
      (status === "member" || status === "unknown") && lists.get(key)?.includes(list) !== true,
  );
  return Math.max(0, ...missing.map(({ changedAt }) => changedAt + lagSeconds * 1000));
}

/** The same in numbers. */
export function describeFound({
  target,
  contacts,
  owned,
  listNames,
  recorded,
  notAsked,
}: FoundPeople): ForgetAccount {
  const fieldNames = new Map(target.open?.fields.map(({ id, name }) => [id, name]));
  const mine = (ids: readonly string[]): string[] => ids.filter((id) => owned.includes(id));
  return {
    account: target.key,
    connection: target.connections[0],
    contacts: contacts.length,
    blocklisted: countBlocklisted(contacts),
    lists: shared(
      contacts.flatMap(({ lists }) => lists),
      listNames,
    ),
    fields: shared(
      contacts.flatMap(({ filled }) => mine(filled)),
      fieldNames,
    ),
    fixed: shared(
      contacts.flatMap(({ fixed }) => fixed),
      fieldNames,
    ),
    recorded,
    notAsked,
  };
}

/** Undefined where contacts carry no such flag. */
export function countBlocklisted(contacts: readonly Contact[]): number | undefined {
  const flags = contacts.map(({ blocklisted }) => blocklisted).filter((flag) => flag !== undefined);
  return flags.length === 0 ? undefined : flags.filter(Boolean).length;
}

function shared(ids: readonly string[], names: ReadonlyMap<string, string>): Shared[] {
  return [...new Set(ids)].sort().map((id) => ({
    id,
    name: names.get(id) ?? id,
    people: ids.filter((other) => other === id).length,
  }));
}

export function errorOf(failure: Failure | undefined): ForgetError | undefined {
  return failure && { kind: failure.kind, message: failure.message, hint: failure.hint };
}
