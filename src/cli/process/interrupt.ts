import { EXIT } from "./exit-code.js";

/** Ctrl-C, once and twice. */
export interface Interrupt {
  /** Aborts when work has to end at once. */
  readonly signal: AbortSignal;
  /** Aborts when nothing new should be started; what is in flight is finished and recorded. */
  readonly stop: AbortSignal;
  /** Stops listening. */
  release(): void;
}

interface Reaction {
  /** Said at the first Ctrl-C by commands that can end in good order; without it the first ends the work at once. */
  readonly whenStopped: string | undefined;
  readonly say: (text: string) => void;
}

/** Listens for SIGINT and SIGTERM: the first asks to stop, the second ends the process. Both can be resumed. */
export function onInterrupt({ whenStopped, say }: Reaction): Interrupt {
  const hard = new AbortController();
  const soft = new AbortController();
  const listener = (): void => {
    if (soft.signal.aborted) {
      say("Stopped at once.");
      process.exit(EXIT.interrupted);
    }
    soft.abort();
    if (whenStopped === undefined) hard.abort();
    else say(whenStopped);
  };
  process.on("SIGINT", listener);
  process.on("SIGTERM", listener);
  return {
    signal: hard.signal,
    stop: soft.signal,
    release: () => {
      process.off("SIGINT", listener);
      process.off("SIGTERM", listener);
    },
  };
}
