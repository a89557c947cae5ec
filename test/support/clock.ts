import { vi } from "vitest";

const RealDate = Date;
let ahead = 0;

/** Lets time pass at once for this process; clocks go on running, and never back until `resetClock`. */
export function letTimePass(seconds: number): void {
  ahead += seconds * 1000;
  const now = (): number => RealDate.now() + ahead;
  class LaterDate extends RealDate {
    constructor(...args: readonly unknown[]) {
      if (args.length === 0) super(now());
      else super(...(args as [number]));
    }
    static override now = now;
  }
  vi.stubGlobal("Date", LaterDate);
}

export function resetClock(): void {
  ahead = 0;
  vi.unstubAllGlobals();
}

const PRELOAD = new URL("clock-ahead.mjs", import.meta.url).href;

/** The environment of a child process whose clock shows an instant as it starts, and runs on. */
export function clockAt(iso: string): Record<string, string> {
  return { NODE_OPTIONS: `--import ${PRELOAD}`, ROLLCALL_TEST_NOW: iso };
}
