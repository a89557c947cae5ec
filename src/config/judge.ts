import type { Config } from "../model/config/config.js";
import { baseOfEnvironment, type BaseConfig } from "./files/base.js";
import { checkWords, checkMeaning } from "./checks/index.js";
import { findingOf } from "./diagnostics/diagnostics.js";
import { effectiveConfig } from "./environments/effective.js";
import { fileOf, type MergedConfig } from "./files/merge.js";
import { configOf } from "./normalise/config.js";
import type { Finding, Problem } from "./diagnostics/problem.js";
import { isDecidedByBase, NO_STRANGERS, quarantineStrangers, trustedPart, type Strangers } from "./trust.js";

/** The config as one of its environments has it, or as it is where there are none. */
export interface Reading {
  readonly environment: string | undefined;
  readonly merged: MergedConfig;
  readonly config: Config;
  /** As the change has it, where a base decides parts of it; no file is read that the base does not allow. */
  readonly proposed: MergedConfig | undefined;
  readonly strangers: Strangers;
  /** How its overlays break the schema, which is so whichever environment is chosen. */
  readonly shape: readonly Finding[];
  /** What else was wrong on the way. */
  readonly diagnostics: readonly Finding[];
}

/** A reading for each environment, in the order of the files; what only the base may decide is taken from there. */
export async function readingsOf(raw: MergedConfig, base: BaseConfig | undefined): Promise<Reading[]> {
  const names = raw.environments.size === 0 ? [undefined] : [...raw.environments.keys()];
  const readings = await Promise.all(names.map((name) => readingOf(raw, name, base)));
  // Data of one environment may be no key of another; those of connections that a change leaves out count too.
  const secretFiles = [
    ...readings.flatMap(({ config }) => config.secretFiles),
    ...(base?.merged === undefined ? [] : await secretFilesIn(base.merged)),
  ];
  return readings.map((reading) => ({ ...reading, config: { ...reading.config, secretFiles } }));
}

async function readingOf(
  raw: MergedConfig,
  environment: string | undefined,
  base: BaseConfig | undefined,
): Promise<Reading> {
  const own = environment === undefined ? { merged: raw, problems: [] } : effectiveConfig(raw, environment);
  const trusted = base && trustedPart(own.merged, baseOfEnvironment(base, environment));
  const merged = trusted?.merged ?? own.merged;
  const { config, problems } = await configOf(merged);
  return {
    environment,
    merged,
    config,
    proposed: trusted && { ...own.merged, allowPaths: trusted.merged.allowPaths },
    strangers: trusted?.strangers ?? NO_STRANGERS,
    shape: own.problems.map((problem) => findingInMerged(own.merged, problem)),
    diagnostics: [
      ...(trusted?.problems ?? []).map((problem) => findingInMerged(own.merged, problem)),
      ...problems.map((problem) => findingInMerged(merged, problem)),
    ],
  };
}

/** The files that a config takes secrets from in any of its environments. */
export async function secretFilesIn(raw: MergedConfig): Promise<string[]> {
  const all = [raw, ...[...raw.environments.keys()].map((name) => effectiveConfig(raw, name).merged)];
  const read = await Promise.all(all.map(configOf));
  return read.flatMap(({ config }) => config.secretFiles);
}

/** What is wrong or doubtful in a config whose parts are each of the right shape. */
export async function judgeReading({ config, merged }: Reading): Promise<Finding[]> {
  return (await checkMeaning(config, merged)).map((problem) => findingInMerged(merged, problem));
}

/** What is wrong in what a change says of the parts that the base decides: it does not count now, but will once it is merged. */
export async function judgeProposed({ proposed }: Reading): Promise<Finding[]> {
  if (proposed === undefined) return [];
  const { config, problems } = await configOf(proposed);
  const all = [...problems, ...(await checkWords(config, proposed))];
  return all
    .filter(({ at }) => isDecidedByBase(at, proposed))
    .map((problem) => findingInMerged(proposed, problem));
}

/** The config to work with: connections that nobody reviewed cannot reach anything. */
export function usableConfig({ config, strangers }: Reading, base: BaseConfig | undefined): Config {
  return base === undefined ? config : quarantineStrangers(config, strangers, base.checkout);
}

export function findingInMerged(merged: MergedConfig, problem: Problem): Finding {
  const { document, path } = fileOf(merged, problem.at);
  return findingOf(document, problem, path);
}
