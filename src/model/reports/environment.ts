/** An environment of a config, for people who choose one. */
export interface EnvironmentFacts {
  readonly name: string;
  /** Where its state is, without secrets. */
  readonly state: string;
  /** Those that its exports use. */
  readonly connections: readonly string[];
  readonly exports: readonly string[];
  /** Exports that it leaves out. */
  readonly disabled: readonly string[];
}

/** What one environment has otherwise than another, as the configs that they are. */
export interface EnvironmentDiff {
  readonly from: string;
  readonly to: string;
  readonly differs: boolean;
  /** Unified; empty when nothing differs. Secrets are references. */
  readonly diff: string;
}
