import type { Switches } from "../switches.js";
import { type Attribute, normalise } from "./attributes.js";
import { isIdentifier } from "./identifiers.js";

/** A row's attributes after Brevo looked at them. */
export interface Clean {
  /** To be stored. */
  readonly values: Record<string, unknown>;
  /** To be erased. */
  readonly cleared: readonly string[];
  /** Some value had the wrong type. */
  readonly wrong: boolean;
  /** `values` name an identifier. */
  readonly identified: boolean;
}

export interface CleanRules {
  readonly fromCsv: boolean;
  /** Empty values erase what is stored. */
  readonly emptyErases: boolean;
  readonly switches: Switches;
}

/** Unknown attributes, lower-case names and values of the wrong type fall away without a word. */
export function cleanAttributes(
  known: ReadonlyMap<string, Attribute>,
  raw: Readonly<Record<string, unknown>>,
  rules: CleanRules,
): Clean {
  const values: Record<string, unknown> = {};
  const cleared: string[] = [];
  let wrong = false;
  let identified = false;
  for (const name in raw) {
    const attribute = known.get(name);
    if (attribute === undefined) continue;
    const value = raw[name];
    const normal = understands(attribute, value, rules)
      ? normalise(attribute, value, rules.fromCsv)
      : "wrong";
    if (normal === "wrong") wrong = true;
    else if (normal === "empty") {
      if (rules.emptyErases || (value === null && rules.switches.brevoNullErases)) cleared.push(name);
    } else if (!(normal.value === false && !rules.fromCsv && rules.switches.brevoFalseIgnored)) {
      values[name] = normal.value;
      identified ||= isIdentifier(name);
    }
  }
  return { values, cleared, wrong, identified };
}

function understands({ type }: Attribute, value: unknown, { fromCsv, switches }: CleanRules): boolean {
  const dayFirst = fromCsv && switches.brevoCsvDatesDayFirst && type === "date";
  return !dayFirst || typeof value !== "string" || value === "" || /^\d{2}-\d{2}-\d{4}$/.test(value);
}
