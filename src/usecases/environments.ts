import type { ConfigChoice } from "../config/choice.js";
import { effectiveConfig } from "../config/environments/effective.js";
import { loadEnvironments, type LoadedEnvironment } from "../config/environments/load.js";
import { placeInWords } from "../config/environments/place.js";
import { flatConfigText } from "../config/environments/written.js";
import type { MergedConfig } from "../config/files/merge.js";
import { createTextShower } from "../config/secrets/shown-text.js";
import { suggestionFor } from "../config/diagnostics/nearest.js";
import type { Diagnostic } from "../model/diagnostic.js";
import type { EnvironmentDiff, EnvironmentFacts } from "../model/reports/environment.js";
import { Failure } from "../model/failure.js";
import { unifiedDiff } from "../report/line-diff.js";
import { loadBaseConfig, loadBaseOfUntrusted, type MaybeUntrusted } from "../run/base/base-config.js";

export interface EnvironmentsOptions extends Omit<ConfigChoice, "environment">, MaybeUntrusted {
  readonly signal: AbortSignal;
}

/** The environments of a config; undefined when it is invalid in any of them. */
export async function listEnvironments(
  options: EnvironmentsOptions,
): Promise<{ environments: readonly EnvironmentFacts[] | undefined; diagnostics: readonly Diagnostic[] }> {
  const { environments, diagnostics } = await loadEnvironments({
    ...options,
    base: await loadBaseOfUntrusted(options),
  });
  if (environments.length === 0) return { environments: undefined, diagnostics };
  return { environments: environments.flatMap(factsOf), diagnostics };
}

function factsOf({ environment, config, merged }: LoadedEnvironment): EnvironmentFacts[] {
  if (environment === undefined) return [];
  return [
    {
      name: environment,
      state: placeInWords(config.state.store, config.folder),
      connections: [...new Set([...config.exports.values()].map(({ connection }) => connection))],
      exports: [...config.exports.keys()],
      disabled: [...(merged.disabled?.keys() ?? [])],
    },
  ];
}

export interface EnvironmentDiffOptions extends EnvironmentsOptions {
  readonly from: string;
  /** The same one when it is compared with what it is at another commit. */
  readonly to: string;
  /** Commit, branch or tag that `from` is taken from; as it is in the working folder without. */
  readonly ref?: string | undefined;
}

/** What `to` has otherwise than `from`. Throws for an environment that there is not. */
export async function diffEnvironments(
  options: EnvironmentDiffOptions,
): Promise<{ diff: EnvironmentDiff | undefined; diagnostics: readonly Diagnostic[] }> {
  const { environments, diagnostics } = await loadEnvironments({
    ...options,
    base: await loadBaseOfUntrusted(options),
  });
  if (environments.length === 0) return { diff: undefined, diagnostics };
  const find = (name: string): MergedConfig => {
    const found = environments.find(({ environment }) => environment === name);
    if (found === undefined) throw unknownEnvironment(name, environments);
    return found.merged;
  };
  const to = flatConfigText(find(options.to));
  const earlier = options.ref === undefined ? undefined : await atBase(options, options.ref);
  const from = earlier?.text ?? flatConfigText(find(options.from));
  const [one, other] = [earlier?.name ?? options.from, options.to];
  const shown = createTextShower();
  const text = from === to ? "" : unifiedDiff([one, other], [shown(from), shown(to)]);
  return { diff: { from: one, to: other, differs: from !== to, diff: text }, diagnostics };
}

/** An environment as it is at another commit; empty where that does not have it yet. */
async function atBase(
  options: EnvironmentDiffOptions,
  ref: string,
): Promise<{ name: string; text: string } | undefined> {
  const base = await loadBaseConfig(options, { ref });
  if (base === undefined) return undefined;
  const name = `${options.from} at ${base.name}`;
  if (base.merged?.environments.has(options.from) !== true) return { name, text: "" };
  return { name, text: flatConfigText(effectiveConfig(base.merged, options.from).merged) };
}

function unknownEnvironment(name: string, environments: readonly LoadedEnvironment[]): Failure {
  const known = environments.flatMap(({ environment }) => environment ?? []);
  const hint = suggestionFor(name, known, "environment");
  return new Failure("invalid", `There is no environment "${name}".`, hint === undefined ? {} : { hint });
}
