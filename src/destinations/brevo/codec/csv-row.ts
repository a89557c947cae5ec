import type { Binding } from "../../../plugin/codec.js";
import { identifier } from "../../../plugin/relation.js";
import type { ClearsBy } from "./group.js";
import { payloadShape, withValueSql } from "./json-sql.js";
import { holdsClearsSql, sortBindings } from "./payload.js";

/**
 * SQL that turns `payload` into one CSV row (RFC 4180, `;`) as it stands inside
 * the JSON string `fileBody`. Cells are quoted only in rows that need it, which
 * saves a quarter of the bytes. An import that erases has the columns that the
 * row has, any other all of them.
 */
export function csvRowSql(bindings: readonly Binding[], by: ClearsBy): string {
  if (bindings.length === 0) return `(to_json(${quoted(`"key"`)})::varchar)[2:-2]`;
  const ordered = sortBindings(bindings);
  const cells = ordered.map((binding) => cellSql(binding, `r.attributes.${identifier(binding.field.id)}`));
  // concat_ws() skips NULLs, that is the attributes which an erasing import leaves out.
  const erasing = ["r.email", ...cells].map(quoted);
  const careful = erasing.map(orEmpty);
  const plain = ["r.email", ...cells.map(orEmpty)];
  const row = (parts: readonly string[]): string =>
    withValueSql(
      `json_transform("payload", ${payloadShape(ordered)})`,
      `concat_ws(';', ${parts.join(", ")})`,
    );
  // In JSON, quotes and line breaks show as a backslash.
  const special = `contains("payload", ';') or contains("payload", '\\')`;
  const erases = by === "import" ? `when ${holdsClearsSql(`"payload"`)} then ${row(erasing)}` : "";
  const text = `case
    ${erases}
    when ${special} then ${row(careful)}
    else ${row(plain)} end`;
  return `(to_json(${text})::varchar)[2:-2]`;
}

/** The header, as it stands inside the JSON string. */
export function csvHeader(names: readonly string[]): string {
  return ["EMAIL", ...names].join(";");
}

/**
 * Booleans are words in a CSV: `false` is reported not to overwrite `true`
 * (sendinblue/APIv3-python-library#95). Dates have the day first, as in the only
 * CSV bodies of somebody's production that are public; how ISO dates are read
 * in CSV is described nowhere.
 */
function cellSql(binding: Binding, value: string): string {
  if (binding.type === "date")
    return `regexp_replace(${value}, '^(\\d{4})-(\\d{2})-(\\d{2})$', '\\3-\\2-\\1')`;
  if (binding.type === "boolean")
    return `case ${value} when 'true' then 'Yes' when 'false' then 'No' else ${value} end`;
  if (binding.field.multiple !== true) return value;
  return `case when ${value}[1] = '[' then json_extract_string(${value}, '$[0]') else ${value} end`;
}

function orEmpty(cell: string): string {
  return `coalesce(${cell}, '')`;
}

function quoted(value: string): string {
  return `case
    when ${value} = '' then ''
    when contains(${value}, '"') then '"' || replace(${value}, '"', '""') || '"'
    else '"' || ${value} || '"' end`;
}
