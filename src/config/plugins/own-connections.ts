import { findDestinationKind } from "../../registry/destinations.js";
import type { Path } from "../diagnostics/problem.js";
import type { OwnDestination, OwnDestinations } from "./own-destinations.js";

type Entries = Readonly<Record<string, unknown>>;

/** A file of a config, and the connections in it that the config's own schema does not know. */
export interface Apart {
  readonly rest: unknown;
  readonly own: readonly { readonly kind: OwnDestination; readonly file: object }[];
  /** Connections whose type may be that of a module which was not loaded. */
  readonly unknown: readonly Path[];
}

/** Takes the connections out whose type a plug-in of the project brings. */
export function withoutOwnConnections(value: unknown, { kinds, complete }: OwnDestinations): Apart {
  const connections = isMapping(value) ? value["connections"] : undefined;
  if ((complete && kinds.size === 0) || !isMapping(value) || !isMapping(connections))
    return { rest: value, own: [], unknown: [] };
  const entries = Object.entries(connections).map(([name, entry]) => {
    const type = isMapping(entry) && typeof entry["type"] === "string" ? entry["type"] : undefined;
    const kind = type === undefined ? undefined : kinds.get(type);
    const isUnknown = !complete && type !== undefined && findDestinationKind(type) === undefined;
    return { name, entry, kind, isUnknown: isUnknown && kind === undefined };
  });
  const left = entries.filter(({ kind, isUnknown }) => kind === undefined && !isUnknown);
  return {
    rest: { ...value, connections: Object.fromEntries(left.map(({ name, entry }) => [name, entry])) },
    own: [...kinds.values()].map((kind) => {
      const its = entries.filter((one) => one.kind === kind);
      return { kind, file: { connections: Object.fromEntries(its.map(({ name, entry }) => [name, entry])) } };
    }),
    unknown: entries.filter(({ isUnknown }) => isUnknown).map(({ name }) => ["connections", name]),
  };
}

function isMapping(value: unknown): value is Entries {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
