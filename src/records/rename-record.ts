import type { AccountState, StateRoot } from "../state/root/root.js";
import { ownValue } from "../model/own-value.js";
import { uniteRecord } from "./united-record.js";

/** Gives what the root says of an export another name, in place. */
export function renameRecord(root: StateRoot, account: AccountState, from: string, to: string): void {
  const known = ownValue(root.exports, from);
  if (known === undefined) return;
  const formerNames = [...(known.formerNames ?? []), from].filter((name) => name !== to);
  root.exports[to] = { ...known, generation: known.generation + 1, formerNames };
  delete root.exports[from];
  renameActivity(root, from, to);
  renameNotices(root, from, to);
  const seen = ownValue(account.observations, from);
  if (seen === undefined) return;
  account.observations = { ...account.observations, [to]: seen };
  delete account.observations[from];
}

function renameActivity(root: StateRoot, from: string, to: string): void {
  const known = ownValue(root.activity, from);
  if (known === undefined) return;
  root.activity = { ...root.activity, [to]: known };
  delete root.activity[from];
}

function renameNotices(root: StateRoot, from: string, to: string): void {
  const entries = Object.entries(root.notices ?? {}).map(([subject, known]) => {
    const name = isAbout(subject, from) ? subject.slice(0, -from.length) + to : subject;
    return [name, known] as const;
  });
  if (root.notices !== undefined) root.notices = Object.fromEntries(entries);
}

/** Subjects are a command and, after a colon, an export. */
function isAbout(subject: string, name: string): boolean {
  return subject.endsWith(`:${name}`);
}

/** Makes the record of an export part of another's on the same list, in place. */
export function uniteRecords(root: StateRoot, account: AccountState, from: string, to: string): void {
  const [known, into] = [ownValue(root.exports, from), ownValue(root.exports, to)];
  if (known === undefined || into === undefined) return;
  const united = uniteRecord(into, from, known);
  root.exports[to] = {
    ...united,
    generation: into.generation + 1,
    formerNames: united.formerNames?.filter((name) => name !== to) ?? [],
  };
  dropRecord(root, account, from);
}

/** Takes what the root says of an export out of it, in place. */
export function dropRecord(root: StateRoot, account: AccountState, name: string): void {
  delete root.exports[name];
  delete root.activity?.[name];
  for (const subject of Object.keys(root.notices ?? {}))
    if (isAbout(subject, name)) delete root.notices?.[subject];
  delete account.observations?.[name];
}
