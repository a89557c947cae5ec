import { Failure } from "../../model/failure.js";

/** The number of `--limit`. */
export function limitOf(text: string): number {
  if (/^[1-9]\d{0,5}$/.test(text)) return Number(text);
  throw new Failure("invalid", `--limit takes a whole number from 1 on, not "${text}".`);
}
