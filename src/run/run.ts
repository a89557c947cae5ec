import type { Config } from "../model/config/config.js";
import type { Emit } from "../model/run/event.js";
import type { RateLimiter } from "../platform/http/rate-limiter.js";
import type { Engine } from "../engine/engine.js";
import type { LoadedSource } from "../engine/load/load-source.js";
import type { ForgottenAmong } from "../reconcile/people/forgotten.js";
import type { Override } from "../plan/overrides.js";
import type { SharedThings } from "./shared.js";
import type { StateStore } from "../state/store.js";

/** What every step of a plan or an apply works with. */
export interface Run {
  readonly config: Config;
  readonly engine: Engine;
  readonly state: StateStore;
  /** Private folder of this run. */
  readonly scratch: string;
  /** The run clock. */
  readonly clock: Date;
  /** Who counts requests, by account key: connections to one account count together. */
  readonly limiters: Map<string, RateLimiter>;
  /** The account key of each connection that was asked; undefined where that cannot be known. */
  readonly accountKeys: Map<string, string | undefined>;
  /** What was opened to look at sources, and serves those who read them; closed once they are read. */
  readonly shared: SharedThings;
  /** What was read so far, by the name of the source. */
  readonly loadedSources: Map<string, LoadedSource>;
  readonly reveal: boolean;
  /** Nobody has reviewed the config: its SQL may want to tell what is in the data. */
  readonly untrusted: boolean;
  /** Undefined when nobody was forgotten, or when it was not asked yet: see `withForgotten`. */
  readonly forgotten?: ForgottenAmong | undefined;
  /** Nobody is added or updated, whatever the config says; people are only taken off. */
  readonly removalsOnly: boolean;
  /** Whom the destination rejected is sent once more, although nothing changed. */
  readonly retryRejected: boolean;
  /** Checks that a person lets pass in this run. */
  readonly overrides: readonly Override[];
  readonly emit: Emit;
  readonly signal: AbortSignal;
}
