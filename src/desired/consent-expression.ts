import type { ConsentRule } from "../model/export.js";
import { identifier, literal } from "../plugin/relation.js";

/** SQL of a profile's answer; an empty value of a column is none. */
export function consentExpression(rule: ConsentRule): string {
  if (typeof rule === "string") return rule;
  const text = `plain_text(CAST(${identifier(rule.column)} AS VARCHAR), typeof(${identifier(rule.column)}))`;
  return `nullif(${text}, '') IN (${rule.is.map((value) => literal(value.trim())).join(", ")})`;
}

/** How a message names what says who consents; SQL is not repeated. */
export function consentName(rule: ConsentRule): string {
  if (typeof rule !== "string") return `column "${rule.column}"`;
  return /^[\p{L}_][\p{L}\p{N}_]*$/u.test(rule) ? `column "${rule}"` : "the condition";
}
