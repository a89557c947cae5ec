import type { Roles } from "./access.js";
import type { ApprovalRules } from "./approval.js";
import type { Connection } from "./connection.js";
import type { Export } from "./export.js";
import type { Moved, Removed } from "./moved.js";
import type { Notifier } from "./notifier.js";
import type { Policy } from "./policy.js";
import type { SecretRef } from "./secret-ref.js";
import type { Segment } from "./segment.js";
import type { Source } from "./source.js";
import type { StoreConfig } from "./store.js";

/** A whole configuration: every file merged, every shorthand written out, order as in the YAML. */
export interface Config {
  /** Absolute folder of the root config file. */
  readonly folder: string;
  /** The one of its environments that this is; undefined where it has none. */
  readonly environment: string | undefined;
  readonly timezone: string;
  readonly state: StateConfig;
  /** The key that forgotten people are hashed with; once used it never changes. */
  readonly forget: { readonly key: SecretRef } | undefined;
  /** Absolute folders and files outside the project folder that the config may name. */
  readonly allowPaths: readonly string[];
  /** Absolute paths of files with keys, of the base as well where there is one; no data is read from them. */
  readonly secretFiles: readonly string[];
  readonly sql: SqlLimits;
  readonly approvals: ApprovalRules;
  /** Undefined: everybody may use every connection. */
  readonly roles: Roles | undefined;
  readonly policies: ReadonlyMap<string, Policy>;
  readonly connections: ReadonlyMap<string, Connection>;
  readonly sources: ReadonlyMap<string, Source>;
  readonly segments: ReadonlyMap<string, Segment>;
  /** Segments whose people are never sent anywhere. */
  readonly suppressions: readonly string[];
  readonly exports: ReadonlyMap<string, Export>;
  /** Names of exports that this environment leaves out. */
  readonly disabled: ReadonlySet<string>;
  readonly moved: readonly Moved[];
  readonly removed: readonly Removed[];
  readonly notifiers: ReadonlyMap<string, Notifier>;
}

/** Where state is kept, and how. */
export interface StateConfig {
  readonly store: StoreConfig;
  /** How long an account stays locked without a sign of life. */
  readonly lockTtlSeconds: number;
  readonly encryption: { readonly key: SecretRef; readonly previousKeys: readonly SecretRef[] } | undefined;
  readonly retention: { readonly unreferencedSeconds: number; readonly historySeconds: number };
}

/** What a person's SQL may use up. */
export interface SqlLimits {
  readonly timeoutSeconds: number;
  /** For all queries of a run together. */
  readonly totalSeconds: number;
  /** As the engine takes it, such as `800MB`; undefined: as fits the machine. */
  readonly memory: string | undefined;
  /** Undefined: as many as the machine and the memory have room for. */
  readonly threads: number | undefined;
  readonly disk: string;
}
