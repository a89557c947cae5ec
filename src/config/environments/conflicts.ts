import type { Export } from "../../model/config/export.js";
import { accountOf } from "../checks/account.js";
import { findingInMerged, type Reading } from "../judge.js";
import type { Finding, Problem } from "../diagnostics/problem.js";
import { placeOf } from "./place.js";

/** What two environments would do to each other. */
export interface Conflict {
  /** Their names. */
  readonly between: readonly [string, string];
  readonly diagnostic: Finding;
}

/**
 * Environments that share a state or a list, and those that share an account. Accounts are
 * compared as the config shows them: type, address and the reference to the key. What many
 * share is told of each of them with the first, since their pairs are far more than they.
 */
export function findConflicts(readings: readonly Reading[]): Conflict[] {
  // A misspelt key may be the one that would keep them apart.
  if (readings.some(({ shape }) => shape.length > 0)) return [];
  const lists = shared(readings, listsOf).map(sharedList);
  // Whose lists are the same has worse to fix first.
  const worse = new Set(lists.map(({ between }) => JSON.stringify(between)));
  const accounts = shared(readings, usedConnections).map(sharedAccount);
  return [
    ...shared(readings, stateOf).map(sharedState),
    ...lists,
    ...accounts.filter(({ between }) => !worse.has(JSON.stringify(between))),
  ];
}

/** What two environments have in common: the first that has it calls it `one`, the other `other`. */
interface SharedThing<Thing> {
  readonly first: string;
  readonly second: string;
  readonly reading: Reading;
  readonly one: Thing;
  readonly other: Thing;
}

/** Things of the same key in more than one reading, each with that of the first. */
function shared<Thing>(
  readings: readonly Reading[],
  thingsOf: (reading: Reading) => readonly (readonly [key: string, thing: Thing])[],
): SharedThing<Thing>[] {
  const owners = new Map<string, { readonly reading: Reading; readonly one: Thing }>();
  return readings.flatMap((reading) =>
    thingsOf(reading).flatMap(([key, other]): SharedThing<Thing>[] => {
      const owner = owners.get(key);
      if (owner === undefined) owners.set(key, { reading, one: other });
      if (owner === undefined || owner.reading === reading) return [];
      const [first, second] = [owner.reading.environment ?? "", reading.environment ?? ""];
      return [{ first, second, reading, one: owner.one, other }];
    }),
  );
}

function conflict({ first, second, reading }: SharedThing<unknown>, problem: Problem): Conflict {
  return { between: [first, second], diagnostic: findingInMerged(reading.merged, problem) };
}

function stateOf({ config }: Reading): [string, undefined][] {
  return [[placeOf(config.state.store), undefined]];
}

function sharedState(common: SharedThing<undefined>): Conflict {
  const { first, second, reading } = common;
  return conflict(common, {
    severity: "error",
    code: "state-shared",
    message: `The environments \`${first}\` and \`${second}\` keep their state in the same place.`,
    hint: "What one delivered would count as delivered in the other. Leave `state` out of the environments, and each gets a place of its own.",
    at: reading.merged.state?.overlay === undefined ? ["state"] : ["environments", second, "state"],
    onKey: true,
  });
}

/** Its lists, with their accounts; nothing where there is no such connection, which is reported elsewhere. */
function listsOf({ config }: Reading): [string, Export][] {
  return [...config.exports.values()].flatMap((item): [string, Export][] => {
    const connection = config.connections.get(item.connection);
    if (connection === undefined) return [];
    const list = "id" in item.list ? ["id", item.list.id] : ["name", item.list.name];
    return [[JSON.stringify([accountOf(connection), list]), item]];
  });
}

function sharedList(common: SharedThing<Export>): Conflict {
  const { first, second, one, other } = common;
  return conflict(common, {
    severity: "error",
    code: "list-of-two-environments",
    message: `The environments \`${first}\` and \`${second}\` send to one list: ${exportsInWords(one, other)}.`,
    hint: `Name another list in \`environments.${second}.exports.${other.name}\`, or the key of another account in \`environments.${second}.connections.${other.connection}\`.`,
    at: ["exports", other.name, "list"],
  });
}

function exportsInWords(one: Export, other: Export): string {
  return one.name === other.name
    ? `that of the export \`${one.name}\``
    : `those of the exports \`${one.name}\` and \`${other.name}\``;
}

function usedConnections({ config }: Reading): [account: string, name: string][] {
  const names = new Set([...config.exports.values()].map(({ connection }) => connection));
  return [...config.connections.values()]
    .filter(({ name, kind }) => names.has(name) && kind.isService)
    .map((connection) => [accountOf(connection), connection.name]);
}

/** Locks and the record of who holds which values are per state, so that nothing keeps the two apart. */
function sharedAccount(common: SharedThing<string>): Conflict {
  const { first, second, other } = common;
  return conflict(common, {
    severity: "warning",
    code: "account-of-two-environments",
    message: `The environments \`${first}\` and \`${second}\` send to one account, by \`${other}\`.`,
    hint: "Attributes belong to a contact and not to a list, so each overwrites what the other sent to people on both. Use the key of another account.",
    at: ["connections", other],
    onKey: true,
  });
}
