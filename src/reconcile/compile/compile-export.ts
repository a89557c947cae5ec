import type { Config } from "../../model/config/config.js";
import type { Export } from "../../model/config/export.js";
import {
  READING,
  type Addresses,
  type AttributeProgram,
  type ExportProgram,
} from "../../model/plan/program.js";
import type { Segment } from "../../model/config/segment.js";
import type { Binding } from "../../plugin/codec.js";
import { identifier, literal } from "../../plugin/relation.js";
import { consentSql } from "./consent-expression.js";
import { columnOrExpressionSql, valueExpressionSql } from "./expression.js";
import { compileSegments, segmentEmailSql } from "./compile-segments.js";

/** Everything about an export that decides who is desired and with which values, as SQL. */
export function compileExport(
  config: Config,
  wanted: Pick<Export, "connection" | "segments" | "match" | "consent">,
  bindings: readonly Binding[],
  tablesOf: (segment: Segment) => readonly string[],
): ExportProgram {
  const suppressed = [
    ...config.suppressions,
    ...(config.connections.get(wanted.connection)?.suppressions ?? []),
  ];
  const names = [...new Set(suppressed)];
  const { views, sources, excluded } = compileSegments(config, [...wanted.segments, ...names], tablesOf);
  return {
    version: 1,
    reading: READING,
    views,
    sources,
    segments: wanted.segments.map((view) => ({ view, orderBy: config.segments.get(view)?.orderBy })),
    email: columnOrExpressionSql(wanted.match.email),
    person: wanted.match.id === undefined ? undefined : columnOrExpressionSql(wanted.match.id),
    consent: wanted.consent === undefined ? undefined : consentSql(wanted.consent),
    suppressions: names.map((view) => addressesIn(config, view)),
    exclusions: excluded.map((view) => addressesIn(config, view)),
    attributes: bindings.map(compileAttribute),
  };
}

function addressesIn({ segments }: Config, view: string): Addresses {
  const segment = segments.get(view);
  return { view, email: segment === undefined ? `"email"` : segmentEmailSql(segment) };
}

function compileAttribute({ attribute, field, type }: Binding): AttributeProgram {
  const phone = attribute.phone;
  return {
    name: attribute.name,
    field: field.name,
    sql: valueExpressionSql(attribute.value),
    type,
    nulls: attribute.nulls,
    choices: attribute.choices.length > 0 ? attribute.choices : field.choices,
    maxLength: field.maxLength,
    ...(attribute.format === undefined ? {} : { format: attribute.format }),
    ...(attribute.decimal === undefined ? {} : { decimal: attribute.decimal }),
    country: type === "phone" ? countryExpression(phone?.countryColumn, phone?.defaultCountry) : undefined,
    sms: phone?.as === "sms",
  };
}

function countryExpression(column: string | undefined, fallback: string | undefined): string {
  const parts = [
    ...(column === undefined ? [] : [`nullif(trim(CAST(${identifier(column)} AS VARCHAR)), '')`]),
    ...(fallback === undefined ? [] : [literal(fallback)]),
  ];
  return parts.length === 0 ? "CAST(NULL AS VARCHAR)" : `coalesce(${parts.join(", ")})`;
}
