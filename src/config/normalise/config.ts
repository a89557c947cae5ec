import { dirname, resolve } from "node:path";
import type { Config } from "../../model/config/config.js";
import type { Segment } from "../../model/config/segment.js";
import type * as Yaml from "../schema/config-file.gen.js";
import type { Entry, MergedConfig } from "../files/merge.js";
import type { Problem } from "../diagnostics/problem.js";
import { secretFilesOf } from "../secrets/secret-files.js";
import { approvalsOf } from "./approvals.js";
import { connectionOf } from "./connection.js";
import { durationSeconds } from "../../model/duration.js";
import { exportOf } from "./export.js";
import { keyFilesOf } from "./key-files.js";
import { movedOf, removedOf } from "./moved.js";
import { notifierOf } from "./notifier.js";
import { policyOf, rolesOf } from "./policy.js";
import { segmentOf } from "./segment.js";
import { secretOf } from "./secret.js";
import { sourceOf } from "./source.js";
import { stateOf } from "./state.js";
import { hasPlace } from "./store.js";

/** The config that the sound entries make; entries that break the schema are left out. */
export async function configOf(merged: MergedConfig): Promise<{ config: Config; problems: Problem[] }> {
  const { own } = merged;
  const folder = dirname(merged.root.path);
  const timezone = sound<string>(merged.timezone) ?? "UTC";
  const segments = new Map<string, Segment>();
  const problems: Problem[] = [];
  const allowPaths = (sound<string[]>(merged.allowPaths) ?? []).map((path) => resolve(folder, path));
  for (const [name, yaml, from] of soundEntries<Yaml.Segment>(merged.named.segments)) {
    const read = await segmentOf(name, yaml, { folder: from, within: [folder, ...allowPaths] });
    if (read.segment !== undefined) segments.set(name, read.segment);
    problems.push(...read.problems);
  }
  const config: Omit<Config, "secretFiles"> = {
    folder,
    environment: merged.environment,
    timezone,
    state: stateOf(sound<Yaml.State>(merged.state), {
      file: merged.state?.document.path ?? merged.root.path,
      folder,
      environment: hasOwnPlace(merged.state) ? undefined : merged.environment,
    }),
    forget: forgetOf(merged.forget),
    allowPaths,
    sql: sqlLimitsOf(sound<Yaml.SqlLimits>(merged.sql) ?? {}),
    approvals: approvalsOf(merged.approvals?.broken === true ? undefined : merged.approvals),
    roles: rolesOf(sound<Yaml.Roles>(merged.roles)),
    policies: mapped<Yaml.Policy, ReturnType<typeof policyOf>>(merged.named.policies, policyOf),
    connections: mapped<Yaml.Connection, ReturnType<typeof connectionOf>>(
      merged.named.connections,
      (name, yaml, from) => connectionOf(name, yaml, { folder: from, own }),
    ),
    sources: mapped<Yaml.Source, ReturnType<typeof sourceOf>>(merged.named.sources, (name, yaml, from) =>
      sourceOf(name, yaml, { folder: from, own }),
    ),
    segments,
    suppressions: merged.lists.suppressions.map(({ value }) => String(value)),
    exports: mapped<Yaml.Export, ReturnType<typeof exportOf>>(merged.named.exports, (name, yaml) =>
      exportOf(name, yaml, { timezone, schedule: sound<Yaml.Schedule>(merged.schedule) }),
    ),
    disabled: new Set(merged.disabled?.keys()),
    moved: listed<Yaml.Moved>(merged.lists.moved).map(movedOf),
    removed: listed<Yaml.Removed>(merged.lists.removed).map(removedOf),
    notifiers: mapped<Yaml.Notifier, ReturnType<typeof notifierOf>>(
      merged.named.notifiers,
      (name, yaml, from) => notifierOf(name, yaml, { folder: from, own }),
    ),
  };
  const secretFiles = [...new Set([...secretFilesOf(config), ...keyFilesOf(merged.named)])];
  return { config: { ...config, secretFiles }, problems };
}

/** Whether the environment itself says where its state is. */
function hasOwnPlace(state: Entry | undefined): boolean {
  const own = state?.overlay ?? (state?.at[0] === "environments" ? state : undefined);
  return hasPlace(own?.value ?? {});
}

function forgetOf(entry: Entry | undefined): Config["forget"] {
  const forget = sound<Yaml.ConfigFile["forget"]>(entry);
  if (entry === undefined || forget === undefined) return undefined;
  return { key: secretOf(forget.key, dirname(entry.document.path)) };
}

function sqlLimitsOf({ timeout, totalTimeout, memory, threads, disk }: Yaml.SqlLimits): Config["sql"] {
  return {
    timeoutSeconds: durationSeconds(timeout ?? "5m"),
    totalSeconds: durationSeconds(totalTimeout ?? "2h"),
    memory,
    threads,
    disk: disk ?? "20GB",
  };
}

function sound<T>(entry: Entry | undefined): T | undefined {
  return entry === undefined || entry.broken ? undefined : (entry.value as T);
}

function listed<T>(entries: readonly Entry[]): T[] {
  return entries.filter(({ broken }) => !broken).map(({ value }) => value as T);
}

function soundEntries<Y>(entries: ReadonlyMap<string, Entry>): [name: string, yaml: Y, folder: string][] {
  return [...entries]
    .filter(([, entry]) => !entry.broken)
    .map(([name, { value, document }]) => [name, value as Y, dirname(document.path)]);
}

function mapped<Y, T>(
  entries: ReadonlyMap<string, Entry>,
  make: (name: string, yaml: Y, folder: string) => T,
): Map<string, T> {
  return new Map(soundEntries<Y>(entries).map(([name, yaml, folder]) => [name, make(name, yaml, folder)]));
}
