/** So many requests in so much time. */
export interface Window {
  readonly limit: number;
  readonly ms: number;
  /** `clock`: windows begin at full seconds, minutes …; `first`: with the first request. */
  readonly begins: "clock" | "first";
}

export interface Standing {
  readonly allowed: boolean;
  readonly limit: number;
  readonly remaining: number;
  /** Epoch milliseconds. */
  readonly resetsAt: number;
}

interface Count {
  start: number;
  used: number;
}

/** Counts requests by bucket name. */
export class RateLimiter {
  readonly #counts = new Map<string, Count[]>();

  /** Counts one request. The standing is that of the window that refuses, or of the first. */
  take(bucket: string, windows: readonly Window[], now: number): Standing {
    const counts = this.#counts.get(bucket) ?? windows.map(() => ({ start: 0, used: 0 }));
    this.#counts.set(bucket, counts);
    for (const [index, window] of windows.entries()) {
      const count = counts[index];
      if (count === undefined || now < count.start + window.ms) continue;
      count.start = window.begins === "clock" ? Math.floor(now / window.ms) * window.ms : now;
      count.used = 0;
    }
    const full = windows.findIndex((window, index) => (counts[index]?.used ?? 0) >= window.limit);
    if (full === -1) for (const count of counts) count.used++;
    const shown = Math.max(full, 0);
    const window = windows[shown];
    const count = counts[shown];
    if (window === undefined || count === undefined) throw new RangeError("a bucket needs a window");
    return {
      allowed: full === -1,
      limit: window.limit,
      remaining: Math.max(0, window.limit - count.used),
      resetsAt: count.start + window.ms,
    };
  }
}

/** How a limit tells when it starts again; the last three are nonsense that a client has to survive. */
export type ResetForm = "seconds" | "epoch" | "none" | "negative" | "huge" | "past";

/** The value of a reset header. */
export function resetText(resetsAt: number, now: number, form: ResetForm): string {
  switch (form) {
    case "epoch":
      return String(Math.ceil(resetsAt / 1000));
    case "negative":
      return "-5";
    case "huge":
      return "1000000000";
    case "past":
      return String(Math.floor(now / 1000) - 60);
    default:
      return String(Math.max(1, Math.ceil((resetsAt - now) / 1000)));
  }
}
