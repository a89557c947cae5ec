import { isDeepStrictEqual } from "node:util";
import type { Config } from "../model/config/config.js";
import type { Connection } from "../model/config/connection.js";
import { ownValue } from "../model/own-value.js";
import type { Source } from "../model/config/source.js";
import type { SecretRef } from "../model/config/secret-ref.js";
import type { BaseConfig } from "./files/base.js";
import type { Entry, MergedConfig } from "./files/merge.js";
import { isReachedAfar, trustedSources } from "./trusted-sources.js";
import { pathText, type Path, type Problem } from "./diagnostics/problem.js";

/** Sections that decide where a key or data goes, what may be read or used up, or who may do what. */
const SECTIONS = ["state", "forget", "allowPaths", "sql", "approvals", "roles"] as const;
/** Of a connection, all that an unreviewed change may decide. */
const FREE = new Set(["displayName", "suppressions"]);

/** Whether only the base decides what is at a path of the config. */
export function isDecidedByBase([section, name]: Path, { named }: Pick<MergedConfig, "named">): boolean {
  if (section !== "sources") return DECIDED.has(String(section));
  const entry = named.sources.get(String(name));
  return entry !== undefined && isReachedAfar(entry);
}

const DECIDED = new Set<string>([...SECTIONS, "connections", "policies", "notifiers"]);

/** What the base does not have, and nothing is opened of. */
export interface Strangers {
  readonly connections: ReadonlySet<string>;
  readonly sources: ReadonlySet<string>;
}

export const NO_STRANGERS: Strangers = { connections: new Set(), sources: new Set() };

export interface TrustedConfig {
  readonly merged: MergedConfig;
  readonly strangers: Strangers;
  /** What differs from the base and is therefore ignored. */
  readonly problems: readonly Problem[];
}

/**
 * The config of a checkout that nobody has reviewed, with everything from the
 * base that decides where keys and data go. Differences are reported, and ignored.
 */
export function trustedPart(theirs: MergedConfig, base: BaseConfig): TrustedConfig {
  const problems: Problem[] = [];
  const differs = (at: Path): void => {
    if (base.before === undefined || !isDeepStrictEqual(valueAt(theirs, at), valueAt(base.before, at)))
      problems.push(ignored(at, base.name));
  };
  const sections = Object.fromEntries(
    SECTIONS.map((section) => {
      const known = base.merged?.[section];
      for (const at of differences(theirs[section]?.value, known?.value, [section])) differs(at);
      return [section, known && rooted(known, base.merged?.root, theirs.root)];
    }),
  ) as Pick<MergedConfig, (typeof SECTIONS)[number]>;
  const policies = base.merged?.named.policies ?? new Map<string, Entry>();
  for (const name of new Set([...theirs.named.policies.keys(), ...policies.keys()])) {
    const own = theirs.named.policies.get(name)?.value;
    for (const at of differences(own, policies.get(name)?.value, ["policies", name])) differs(at);
  }
  const connections = new Map<string, Entry>();
  const strangers = new Set<string>();
  for (const [name, entry] of theirs.named.connections) {
    const known = base.merged?.named.connections.get(name);
    if (known === undefined) {
      strangers.add(name);
      if (base.lacksEnvironment !== true) problems.push(needsTrust(["connections", name], base.name));
      connections.set(name, entry);
      continue;
    }
    for (const at of differences(entry.value, known.value, ["connections", name]))
      if (!FREE.has(String(at[2]))) differs(at);
    connections.set(name, { ...known, value: { ...without(known.value), ...only(entry.value) } });
  }
  const known = trustedSources(theirs.named.sources, base.merged?.named.sources ?? new Map());
  const { sources } = known;
  for (const name of known.different) differs(["sources", name]);
  if (base.lacksEnvironment !== true)
    for (const name of known.strangers) problems.push(needsTrust(["sources", name], base.name));
  if (base.lacksEnvironment === true) problems.push(newEnvironment(theirs.environment, base.name));
  const notifiers = [theirs, base.merged].map((merged) => valuesOf(merged?.named.notifiers ?? new Map()));
  for (const at of differences(notifiers[0], notifiers[1], ["notifiers"])) differs(at);
  const named = { ...theirs.named, policies, connections, sources };
  return {
    merged: { ...theirs, ...sections, named },
    strangers: { connections: strangers, sources: known.strangers },
    problems,
  };
}

/** What is in the base's root file counts as standing in that of the checkout: some of it may stand nowhere else. */
function rooted(entry: Entry, base: MergedConfig["root"] | undefined, own: MergedConfig["root"]): Entry {
  return entry.document === base ? { ...entry, document: own } : entry;
}

/** Strangers lose what they could reach something with, commands of secrets run away from the checkout, and no source starts a program. */
export function quarantineStrangers(config: Config, strangers: Strangers, checkout: string): Config {
  const away = <Ref extends SecretRef | undefined>(ref: Ref): Ref =>
    ref !== undefined && "command" in ref ? { ...ref, away: checkout } : ref;
  const connections = new Map<string, Connection>();
  for (const [name, connection] of config.connections)
    connections.set(
      name,
      strangers.connections.has(name)
        ? { ...connection, apiKey: undefined, baseUrl: undefined, needsTrust: true }
        : { ...connection, apiKey: away(connection.apiKey) },
    );
  const sources = new Map<string, Source>();
  for (const [name, source] of config.sources)
    sources.set(
      name,
      strangers.sources.has(name) || source.kind.startsProgram === true
        ? { ...source, secrets: {}, needsTrust: true }
        : { ...source, secrets: mapped(source.secrets ?? {}, away) },
    );
  const { encryption, store } = config.state;
  return {
    ...config,
    connections,
    sources,
    // Nobody is told of what nobody has reviewed.
    notifiers: new Map(),
    forget: config.forget && { key: away(config.forget.key) },
    state: {
      ...config.state,
      store: { ...store, credentials: mapped(store.credentials, away) },
      encryption: encryption && {
        key: away(encryption.key),
        previousKeys: encryption.previousKeys.map(away),
      },
    },
  };
}

function valueAt(merged: MergedConfig, [section = "", ...path]: Path): unknown {
  const [name = "", ...rest] = path;
  const named = merged.named[section as keyof MergedConfig["named"]] as
    ReadonlyMap<string, Entry> | undefined;
  const [start, keys] =
    named === undefined
      ? [merged[section as (typeof SECTIONS)[number]]?.value, path]
      : [named.get(String(name))?.value, rest];
  return keys.reduce<unknown>(
    (value, key) => (isObject(value) ? ownValue(value, String(key)) : undefined),
    start,
  );
}

function valuesOf(entries: ReadonlyMap<string, Entry>): Record<string, unknown> {
  return Object.fromEntries([...entries].map(([name, { value }]) => [name, value]));
}

function mapped<Value>(
  record: Readonly<Record<string, Value>>,
  change: (value: Value) => Value,
): Record<string, Value> {
  return Object.fromEntries(Object.entries(record).map(([key, value]) => [key, change(value)]));
}

function differences(theirs: unknown, known: unknown, at: Path): Path[] {
  if (isDeepStrictEqual(theirs, known)) return [];
  if (!isObject(theirs) || !isObject(known)) return [at];
  const keys = new Set([...Object.keys(theirs), ...Object.keys(known)]);
  return [...keys].filter((key) => !isDeepStrictEqual(theirs[key], known[key])).map((key) => [...at, key]);
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function without(value: unknown): object {
  return Object.fromEntries(Object.entries(value as object).filter(([key]) => !FREE.has(key)));
}

function only(value: unknown): object {
  return Object.fromEntries(Object.entries(value ?? {}).filter(([key]) => FREE.has(key)));
}

function ignored(at: Path, base: string): Problem {
  return {
    severity: "warning",
    code: "untrusted-change",
    message: `\`${pathText(at)}\` differs from ${base}. What the base says is used.`,
    hint: "It decides where keys and data go or what may be applied, so it takes effect once it is merged.",
    at,
  };
}

function needsTrust([section, name]: readonly ["connections" | "sources", string], base: string): Problem {
  return {
    severity: "warning",
    code: "needs-trust",
    message: `The ${section === "sources" ? "source" : "connection"} \`${name}\` is not in ${base}. It needs trust: its key is not fetched, and its exports are not evaluated.`,
    hint: "Review it, merge it, and plan again.",
    at: [section, name],
  };
}

function newEnvironment(name: string | undefined, base: string): Problem {
  const message =
    name === undefined
      ? `${base} has environments, and this config has none.`
      : `The environment \`${name}\` is not in ${base}.`;
  return {
    severity: "warning",
    code: "needs-trust",
    message: `${message} It needs trust: no key is fetched, and no export is evaluated.`,
    hint: "Review it, merge it, and plan again.",
    at: name === undefined ? [] : ["environments", name],
    onKey: true,
  };
}
