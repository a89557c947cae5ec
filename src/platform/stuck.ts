let stuck = false;

/** Says that native work goes on which cannot be stopped. */
export function warnOfStuckWork(): void {
  stuck = true;
}

/**
 * Ends the process with this code. Where native work does not stop, Node would
 * wait for it for ever, and only a kill ends it: the code is then 137.
 */
export function endProcess(code: number): void {
  if (stuck) process.kill(process.pid, "SIGKILL");
  process.exit(code);
}
