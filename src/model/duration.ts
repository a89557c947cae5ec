const UNIT = { s: 1, m: 60, h: 3600, d: 86_400 };

/** Seconds of a duration such as `24h`; the schema has checked its form. */
export function durationSeconds(text: string): number {
  return Number(text.slice(0, -1)) * UNIT[text.slice(-1) as keyof typeof UNIT];
}
