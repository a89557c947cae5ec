import type { StateStore } from "./store.js";

/** A state, and the private folder of whoever works on it. */
export interface OpenState {
  readonly state: StateStore;
  readonly scratch: string;
  readonly signal: AbortSignal;
}
