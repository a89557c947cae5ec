import type { ConsentRule } from "../../model/config/export.js";
import { identifier, literal } from "../../plugin/relation.js";
import { isPlainName } from "./expression.js";

/** SQL of a profile's answer; an empty value of a column is none. */
export function consentSql(rule: ConsentRule): string {
  if (typeof rule === "string") return isPlainName(rule) ? identifier(rule) : rule;
  const values = rule.is.map((value) => `consent_form(${literal(value)})`);
  return comparison(identifier(rule.column), values.join(", "));
}

function comparison(column: string, values: string): string {
  return `consent_form(CAST(${column} AS VARCHAR)) IN (${values})`;
}

const COMPARISON = /^consent_form\(CAST\(("(?:[^"]|"")+") AS VARCHAR\)\) IN \((.*)\)$/su;

/** The column that consent compares with values, as SQL, and the same comparison of other SQL; undefined where it is another condition. */
export function findComparedColumn(
  consent: string,
): { readonly column: string; of(value: string): string } | undefined {
  const [, column, values] = COMPARISON.exec(consent) ?? [];
  if (column === undefined || values === undefined) return undefined;
  return { column, of: (value) => comparison(value, values) };
}

/** How a message names what says who consents; SQL is not repeated. */
export function consentName(rule: ConsentRule): string {
  if (typeof rule !== "string") return `column "${rule.column}"`;
  if (isPlainName(rule)) return `column "${rule}"`;
  const [, quoted] = /^"((?:[^"]|"")+)"$/u.exec(rule) ?? [];
  return quoted === undefined ? "the condition" : `column "${quoted.replaceAll('""', '"')}"`;
}
