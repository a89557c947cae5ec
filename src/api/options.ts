import type { ConfigChoice } from "../config/choice.js";
import type { RunEvent } from "../model/run/event.js";

/** Which project something is done for. */
export interface ProjectOptions {
  /** The folder in which the search for the config starts; the process's own when it is missing. */
  readonly cwd?: string | undefined;
  /** Path of the config, instead of a search. */
  readonly config?: string | undefined;
  /** One of the config's `environments`; needed where it has any. */
  readonly environment?: string | undefined;
  /** Ends the work at once: the promise is rejected. */
  readonly signal?: AbortSignal | undefined;
}

/** Which exports something is done for, and how. */
export interface ExportsOptions extends ProjectOptions {
  /** Names of exports; all of them when it is missing or empty. */
  readonly targets?: readonly string[] | undefined;
  /** Told of what happens, as it happens: the events of `schemas/events.schema.json`. Never holds an address or a secret. */
  readonly onEvent?: ((event: RunEvent) => void) | undefined;
}

/** Which of the differences count. */
export interface Wishes {
  /** `NAME` or `EXPORT:NAME` of checks that a person lets pass. */
  readonly overrides?: readonly string[] | undefined;
  /** Adds and updates nobody: people are only taken off. */
  readonly removalsOnly?: boolean | undefined;
  /** Sends once more whom the destination rejected, although nothing changed. */
  readonly retryRejected?: boolean | undefined;
  /** Who asks, as the config's roles name it, such as `github:anna`; missing when nobody can tell. */
  readonly identity?: string | undefined;
}

/** What plan and apply hand on as it is, in the use cases' words. */
export function planningOf(
  options: ExportsOptions & Wishes,
): Wishes &
  Pick<ExportsOptions, "targets"> &
  ConfigChoice & { readonly emit: (event: RunEvent) => void; readonly signal: AbortSignal } {
  const { targets, overrides, removalsOnly, retryRejected, identity } = options;
  return {
    ...choiceOf(options),
    targets,
    overrides,
    removalsOnly,
    retryRejected,
    identity,
    emit: emitOf(options),
    signal: signalOf(options),
  };
}

/** The use cases' way to say which config is meant. */
export function choiceOf({ cwd = process.cwd(), config, environment }: ProjectOptions): ConfigChoice {
  return { cwd, configPath: config, environment };
}

/** A signal that never comes, where the caller gives none. */
export function signalOf({ signal }: ProjectOptions): AbortSignal {
  return signal ?? new AbortController().signal;
}

export function emitOf({ onEvent }: ExportsOptions): (event: RunEvent) => void {
  return onEvent ?? (() => undefined);
}
