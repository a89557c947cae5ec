import type { Binding, Codec, Route } from "../../plugin/codec.js";
import { identifier, literal } from "../../plugin/relation.js";

/** Batches are NDJSON. Removals hold nothing but addresses, and are a pass over the list's file each. */
export function codec(bindings: readonly Binding[]): Codec {
  const ordered = bindings.toSorted((a, b) => (a.field.id < b.field.id ? -1 : 1));
  return {
    payload: payloadSql(ordered),
    group: "''",
    matches: matchesSql(ordered),
    recognisedBy: undefined,
    route: (operation) => (operation === "remove" ? REMOVE : WRITE),
    forecast: (work) => ({ requests: work.reduce((sum, { batches }) => sum + batches, 0), minutes: 0 }),
  };
}

const WRITE: Route = {
  name: "write",
  maxRows: 250_000,
  maxBytes: 64 * 1024 * 1024,
  wire: `"payload"`,
  envelope: () => ({ prefix: "", separator: "\n", suffix: "\n" }),
  needsMembers: false,
  needsContactId: false,
  evidence: "job-completed",
  together: true,
};

const REMOVE: Route = {
  ...WRITE,
  name: "remove",
  maxRows: 1_000_000,
  wire: `to_json("key")::varchar`,
  together: false,
};

/** `{"email":"…","attributes":{…}}`; what is left alone is absent, what is cleared is `""`. */
function payloadSql(bindings: readonly Binding[]): string {
  const members = bindings.map((binding) => {
    const name = literal(`,${JSON.stringify(binding.field.id)}:`);
    return `coalesce(${name} || ${valueSql(binding)}, case when ${identifier(binding.clear)} then ${name} || '""' end)`;
  });
  const inner = members.length === 0 ? "''" : `substr(concat(${members.join(", ")}), 2)`;
  return `concat('{"email":', to_json("key")::varchar, ',"attributes":{', ${inner}, '}}')`;
}

/** Every value is text in the file; numbers are written without `.0`. */
function valueSql({ type, column }: Binding): string {
  const name = identifier(column);
  switch (type) {
    case "number":
      return `to_json(case when ${name} = trunc(${name}) and abs(${name}) < 1e15 then ${name}::bigint::varchar when isfinite(${name}) then ${name}::varchar end)::varchar`;
    case "date":
      return `to_json(strftime(${name}, '%Y-%m-%d'))::varchar`;
    default:
      return `to_json(nullif(${name}::varchar, ''))::varchar`;
  }
}

function matchesSql(bindings: readonly Binding[]): string {
  if (bindings.length === 0) return "true";
  const shape = Object.fromEntries(bindings.map(({ field }) => [field.id, "VARCHAR"]));
  const both = `{
    sent: json_transform("payload", ${literal(JSON.stringify({ attributes: shape }))}).attributes,
    stored: json_transform("observed", ${literal(JSON.stringify(shape))})
  }`;
  const same = bindings.map(({ field: { id } }) => {
    const name = identifier(id);
    return `(r.sent.${name} is null or r.sent.${name} = coalesce(r.stored.${name}, ''))`;
  });
  // The one-element list keeps the JSON from being parsed for every mention.
  return `list_transform([${both}], lambda r: ${same.join(" and ")})[1]`;
}
