import type { Config } from "../../model/config.js";
import type { Emit } from "../../model/event.js";
import type { Engine } from "../../engine/engine.js";
import type { StateStore } from "../../state/store.js";

/** What every step of a plan or an apply works with. */
export interface Session {
  readonly config: Config;
  readonly engine: Engine;
  readonly state: StateStore;
  /** Private folder of this run. */
  readonly scratch: string;
  /** The run clock. */
  readonly clock: Date;
  readonly reveal: boolean;
  readonly emit: Emit;
  readonly signal: AbortSignal;
}
