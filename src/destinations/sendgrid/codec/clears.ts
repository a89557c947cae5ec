import type { Binding } from "../../../plugin/codec.js";
import { literal } from "../../../plugin/relation.js";
import { isReserved, takesAnyText } from "../fields.js";

/** Behind a contact's row in a body, before the row that empties fields of the contact; no JSON text holds one. */
const CLEARS = "\t";

/** Fields of which nobody knows whether `""` empties them. */
function inDoubt(bindings: readonly Binding[]): readonly Binding[] {
  return bindings.filter(({ field, attribute }) => attribute.nulls === "clear" && !takesAnyText(field));
}

/** Whether a batch may take a second request, for clears alone. */
export function mayClearApart(bindings: readonly Binding[]): boolean {
  return inDoubt(bindings).length > 0;
}

/**
 * SQL over `payload` and `key`: the contact without what it clears in fields
 * where `""` may lose the whole contact, and that behind a tab, as a contact of
 * a request of its own. So a clear that SendGrid does not take loses nothing
 * else, and nobody's way onto a list.
 */
export function wireSql(bindings: readonly Binding[]): string {
  const doubted = inDoubt(bindings);
  if (doubted.length === 0) return "payload";
  const any = doubted.map((binding) => `contains(payload, ${literal(cleared(binding))})`).join(" OR ");
  const without = doubted.reduce(withoutSql, "payload");
  return `CASE WHEN ${any} THEN concat(${without}, ${literal(CLEARS)}, ${clearsSql(doubted)}) ELSE payload END`;
}

/** The member as the payload has it; quotes within texts are escaped, so that no text holds it. */
function cleared({ field }: Pick<Binding, "field">): string {
  return `${JSON.stringify(field.id)}:""`;
}

/** With the comma before it, else with the one behind it, else alone. */
function withoutSql(payload: string, binding: Binding): string {
  const member = cleared(binding);
  return [`,${member}`, `${member},`, member].reduce(
    (sql, part) => `replace(${sql}, ${literal(part)}, '')`,
    payload,
  );
}

function clearsSql(doubted: readonly Binding[]): string {
  const members = (some: readonly Binding[]): string =>
    some
      .map((binding) => {
        const member = cleared(binding);
        return `CASE WHEN contains(payload, ${literal(member)}) THEN ${literal(`,${member}`)} ELSE '' END`;
      })
      .join(", ");
  const reserved = doubted.filter(({ field }) => isReserved(field));
  const custom = doubted.filter(({ field }) => !isReserved(field));
  const parts = [`'{"email":'`, `CAST(to_json("key") AS VARCHAR)`];
  if (reserved.length > 0) parts.push(members(reserved));
  if (custom.length > 0) parts.push(`',"custom_fields":{'`, `substr(concat(${members(custom)}), 2)`, `'}'`);
  return `concat(${[...parts, "'}'"].join(", ")})`;
}

/** How the rows of a body are told apart: a line each, while they may hold clears. */
export const SEPARATOR = "\n";

/** The body that sets values, and the one that empties fields where there is anything to empty. */
export function splitBody(body: string): { readonly values: string; readonly clears: string | undefined } {
  const [prefix = "", ...rest] = body.split(SEPARATOR);
  const rows = rest.slice(0, -1).map((row) => row.split(CLEARS));
  const values = `${prefix}${rows.map(([row]) => row).join(",")}${rest.at(-1) ?? ""}`;
  const clears = rows.flatMap(([, clear]) => clear ?? []);
  return { values, clears: clears.length === 0 ? undefined : `{"contacts":[${clears.join(",")}]}` };
}
