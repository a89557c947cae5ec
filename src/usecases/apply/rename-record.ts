import type { AccountState, StateRoot } from "../../state/root.js";

/** Gives what the root says of an export another name, in place. */
export function renameRecord(root: StateRoot, account: AccountState, from: string, to: string): void {
  const known = root.exports[from];
  if (known === undefined) return;
  const formerNames = [...(known.formerNames ?? []), from].filter((name) => name !== to);
  root.exports[to] = { ...known, generation: known.generation + 1, formerNames };
  delete root.exports[from];
  renameActivity(root, from, to);
  const seen = account.observations?.[from];
  if (seen === undefined) return;
  account.observations = { ...account.observations, [to]: seen };
  delete account.observations[from];
}

function renameActivity(root: StateRoot, from: string, to: string): void {
  const known = root.activity?.[from];
  if (known === undefined) return;
  root.activity = { ...root.activity, [to]: known };
  delete root.activity[from];
}

/** Takes what the root says of an export out of it, in place. */
export function dropRecord(root: StateRoot, account: AccountState, name: string): void {
  delete root.exports[name];
  delete root.activity?.[name];
  delete account.observations?.[name];
}
