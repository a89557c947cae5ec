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
  /** Whether the command can finish what is in flight; without that the first Ctrl-C ends it. */
  readonly graceful: boolean;
  readonly say: (text: string) => void;
}

/** Listens for SIGINT and SIGTERM: the first asks to stop, the second ends the process. Both can be resumed. */
export function onInterrupt({ graceful, say }: Reaction): Interrupt {
  const hard = new AbortController();
  const soft = new AbortController();
  const listener = (): void => {
    if (soft.signal.aborted) {
      say("Stopped at once. The next apply looks up what was in flight.");
      process.exit(EXIT.interrupted);
    }
    soft.abort();
    if (graceful) say("Finishing the batch in flight. Press Ctrl-C again to stop at once.");
    else hard.abort();
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
