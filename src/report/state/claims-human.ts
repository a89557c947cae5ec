import type { ClaimCount } from "../../model/reports/state-report.js";
import { formatCount } from "../layout/quantity.js";
import { padLeft, padRight, widestLength } from "../layout/text.js";

/** A line for each kind of claim: how many people, their status, how they came and why. */
export function claimLines(claims: readonly ClaimCount[]): string[] {
  if (claims.length === 0) return ["nobody"];
  const rows = claims.map(({ people, status, origin, reason }) => [
    formatCount(people),
    status,
    origin + (reason === undefined ? "" : `: ${reason}`),
  ]);
  const [numbers = 0, words = 0] = [0, 1].map((column) => widestLength(rows.map((row) => row[column] ?? "")));
  return rows.map(
    ([people = "", status = "", rest = ""]) =>
      `${padLeft(people, numbers)} ${padRight(status, words)} ${rest}`,
  );
}
