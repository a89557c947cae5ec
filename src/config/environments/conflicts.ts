import type { Export } from "../../model/export.js";
import { accountOf } from "../checks/account.js";
import { inMerged, type Reading } from "../judge.js";
import type { Finding, Path, Problem } from "../problem.js";
import { placeOf } from "./place.js";

/** What two environments would do to each other. */
export interface Conflict {
  /** Their names. */
  readonly between: readonly [string, string];
  readonly diagnostic: Finding;
}

/**
 * Environments that share a state or a list, and those that share an account. Accounts are
 * compared as the config shows them: type, address and the reference to the key.
 */
export function conflicts(readings: readonly Reading[]): Conflict[] {
  // A misspelt key may be the one that would keep them apart.
  if (readings.some(({ shape }) => shape.length > 0)) return [];
  return readings.flatMap((second, index) =>
    readings.slice(0, index).flatMap((first) => between(first, second)),
  );
}

function between(first: Reading, second: Reading): Conflict[] {
  const names = [first.environment ?? "", second.environment ?? ""] as const;
  const lists = sharedLists(first, second, names);
  const found = [
    ...sharedState(first, second, names),
    ...lists,
    // Whose lists are the same has worse to mend first.
    ...(lists.length > 0 ? [] : sharedAccounts(first, second, names)),
  ];
  return found.map((problem) => ({ between: names, diagnostic: inMerged(second.merged, problem) }));
}

type Names = readonly [first: string, second: string];

function sharedState(first: Reading, second: Reading, [one, other]: Names): Problem[] {
  if (placeOf(first.config.state.store) !== placeOf(second.config.state.store)) return [];
  return [
    {
      severity: "error",
      code: "state-shared",
      message: `The environments \`${one}\` and \`${other}\` keep their state in the same place.`,
      hint: "What one delivered would count as delivered in the other. Leave `state` out of the environments, and each gets a place of its own.",
      at: second.merged.state?.overlay === undefined ? ["state"] : ["environments", other, "state"],
      onKey: true,
    },
  ];
}

function sharedLists(first: Reading, second: Reading, [one, other]: Names): Problem[] {
  const owners = new Map([...first.config.exports.values()].flatMap((item) => listsOf(first, item)));
  return [...second.config.exports.values()].flatMap((item): Problem[] =>
    listsOf(second, item).flatMap(([list]): Problem[] => {
      const owner = owners.get(list);
      if (owner === undefined) return [];
      return [
        {
          severity: "error",
          code: "list-of-two-environments",
          message: `The environments \`${one}\` and \`${other}\` send to one list: ${exportsInWords(owner, item)}.`,
          hint: `Name another list in \`environments.${other}.exports.${item.name}\`, or the key of another account in \`environments.${other}.connections.${item.connection}\`.`,
          at: ["exports", item.name, "list"],
        },
      ];
    }),
  );
}

function exportsInWords(one: Export, other: Export): string {
  return one.name === other.name
    ? `that of the export \`${one.name}\``
    : `those of the exports \`${one.name}\` and \`${other.name}\``;
}

/** Its list, with the account; nothing when there is no such connection, which is told elsewhere. */
function listsOf({ config }: Reading, item: Export): [string, Export][] {
  const connection = config.connections.get(item.connection);
  if (connection === undefined) return [];
  const list = "id" in item.list ? ["id", item.list.id] : ["name", item.list.name];
  return [[JSON.stringify([accountOf(connection), list]), item]];
}

/** Locks and the record of who holds which values are per state, so that nothing keeps the two apart. */
function sharedAccounts(first: Reading, second: Reading, [one, other]: Names): Problem[] {
  const used = new Map(usedConnections(first));
  return usedConnections(second).flatMap(([account, name]): Problem[] => {
    if (!used.has(account)) return [];
    const at: Path = ["connections", name];
    return [
      {
        severity: "warning",
        code: "account-of-two-environments",
        message: `The environments \`${one}\` and \`${other}\` send to one account, by \`${name}\`.`,
        hint: "Attributes belong to a contact and not to a list, so each overwrites what the other sent to people on both. Use the key of another account.",
        at,
        onKey: true,
      },
    ];
  });
}

function usedConnections({ config }: Reading): [account: string, name: string][] {
  const names = new Set([...config.exports.values()].map(({ connection }) => connection));
  return [...config.connections.values()]
    .filter(({ name, type }) => names.has(name) && type !== "file")
    .map((connection) => [accountOf(connection), connection.name]);
}
