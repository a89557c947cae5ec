import { createHash } from "node:crypto";
import type { PlanFile } from "../model/plan/plan-file.js";
import { canonicalJson } from "./canonical-json.js";

/** SHA-256 of any value, by its canonical JSON. */
export function digestOf(value: unknown): string {
  return createHash("sha256").update(canonicalJson(value)).digest("hex");
}

/** What an approval of a saved plan signs. */
export function planFileDigest(file: PlanFile): string {
  return digestOf(file);
}

/** What the rows in the state store say of the plan that they belong to, so that the file cannot be another's or changed. */
export function digestWithoutRows(file: PlanFile | Omit<PlanFile, "rows">): string {
  return digestOf({ ...file, rows: undefined });
}
