import { availableParallelism, totalmem } from "node:os";
import type { StatementLimits } from "./watch-statement.js";

/** Limits of which those that are missing follow from the machine. */
export interface GivenLimits extends Omit<StatementLimits, "memory"> {
  /** As the engine takes it, such as `800MB`. */
  readonly memory?: string | undefined;
  readonly threads?: number | undefined;
}

export interface MachineSize {
  /** What this process may use of the machine's memory; a container may have less. */
  readonly bytes: number;
  readonly processors: number;
}

const MB = 1024 ** 2;
/** With it, a million people are compared on any machine, going on in temporary files. */
const USUAL_BYTES = 800 * MB;
/** More does not make queries of people faster. */
const MOST_BYTES = 4096 * MB;
/** What reads and writes Parquet holds as much in each thread. */
const BYTES_OF_THREAD = 400 * MB;

/**
 * Two databases have these limits, beside a process of their own: an eighth of
 * the machine for each, but no less than what does for a million people unless
 * that were more than a quarter of all there is.
 */
export function fittedMemory({ bytes }: MachineSize): string {
  const fitting = Math.min(MOST_BYTES, Math.max(USUAL_BYTES, bytes / 8), bytes / 4);
  return `${Math.max(1, Math.floor(fitting / MB))}MB`;
}

/** As many threads as the machine runs at once, and as the memory does for. */
export function fittedThreads(memoryBytes: number, { processors }: MachineSize): number {
  return Math.max(1, Math.min(processors, Math.floor(memoryBytes / BYTES_OF_THREAD)));
}

export function thisMachine(): MachineSize {
  // 0 and more than there is both mean that nothing else limits it.
  const limit = process.constrainedMemory();
  const bytes = limit > 0 ? Math.min(limit, totalmem()) : totalmem();
  return { bytes, processors: availableParallelism() };
}
