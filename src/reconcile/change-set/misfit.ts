import type { AttributeProgram, ExportProgram } from "../../model/plan/program.js";
import { PHONE_FAULTS } from "../../engine/values/phone.js";

/** A misfit is the place of its attribute, plus this times what is wrong with the value: its place in `PHONE_FAULTS` or `NUMBER_FAULTS`, or 0. */
export const FAULT_STEP = 4096;

export interface Misfit {
  /** Place of the attribute. */
  readonly index: number;
  readonly mapping: AttributeProgram;
  /** Whether it is a number that may be a thousand. */
  readonly doubtful: boolean;
  readonly reason: string;
}

/** Whose value is not sent, and why; undefined when the program has no such attribute. */
export function explainMisfit({ attributes }: ExportProgram, misfit: number): Misfit | undefined {
  const index = misfit % FAULT_STEP;
  const mapping = attributes[index];
  const fault = Math.floor(misfit / FAULT_STEP);
  const doubtful = mapping?.type === "number" && fault === DOUBTFUL;
  return mapping && { index, mapping, doubtful, reason: misfitReason(mapping, fault) };
}

/** Its place in `NUMBER_FAULTS`. */
const DOUBTFUL = 1;

const NUMBER_FAULTS = [
  "not a number",
  "a thousand or a decimal, beside decimal commas; say `decimal`",
] as const;

const NO_VALUE = "a word such as NULL for an empty value";

function misfitReason({ type, maxLength, choices }: AttributeProgram, fault: number): string {
  switch (type) {
    case "phone":
      return PHONE_FAULTS[fault] ?? PHONE_FAULTS[0];
    case "number":
      return NUMBER_FAULTS[fault] ?? NUMBER_FAULTS[0];
    case "choice":
      return choices.length === 0 ? NO_VALUE : `not one of ${choices.length} choices`;
    case "text":
      return maxLength === undefined ? NO_VALUE : `longer than ${maxLength} characters, or ${NO_VALUE}`;
    default:
      return `not a ${type}`;
  }
}
