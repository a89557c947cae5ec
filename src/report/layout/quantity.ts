import { formatCount, counted } from "../../model/words/counted.js";

export { formatCount, counted };

const oneDigit = new Intl.NumberFormat("en-US", { maximumFractionDigits: 1 });

/** Bytes as vendors count them: 1 MB is 1,000,000 bytes. */
export function size(bytes: number): string {
  if (bytes < 1000) return `${formatCount(bytes)} B`;
  if (bytes < 1_000_000) return `${oneDigit.format(bytes / 1000)} kB`;
  if (bytes < 1_000_000_000) return `${oneDigit.format(bytes / 1_000_000)} MB`;
  return `${oneDigit.format(bytes / 1_000_000_000)} GB`;
}

/** How long something will take, no more exact than an estimate is. */
export function duration(minutes: number): string {
  if (minutes < 1) return "under a minute";
  if (minutes < 90) return `about ${counted(Math.ceil(minutes), "minute")}`;
  return `about ${oneDigit.format(minutes / 60)} hours`;
}

/** A share of a whole, one digit where that says more: `0.4%`, `31%`. */
export function percent(part: number, whole: number): string {
  if (whole === 0) return "0%";
  const value = (part / whole) * 100;
  if (value > 0 && value < 0.1) return "under 0.1%";
  return `${value < 10 ? oneDigit.format(value) : formatCount(value)}%`;
}
