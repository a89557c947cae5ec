import type { AttributeMapping, AttributeType } from "../../model/config/attribute.js";
import type { BindProblem, Binding, Field } from "../../plugin/codec.js";

/** Every attribute becomes a column of its name; one that the files do not have yet comes with the first write. */
export function bindAttributes(
  attributes: readonly AttributeMapping[],
  fields: readonly Field[],
): { bindings: readonly Binding[]; problems: readonly BindProblem[] } {
  const bindings: Binding[] = [];
  const problems: BindProblem[] = [];
  const taken = new Set(["email"]);
  for (const [index, attribute] of attributes.entries()) {
    const { name } = attribute;
    // Column names are told apart without case, as SQL does.
    const lower = name.toLowerCase();
    if (taken.has(lower)) {
      problems.push({
        attribute: name,
        message: lower === "email" ? "The address is the column email already." : `${name} is mapped twice.`,
        hint: "Leave the attribute out, or give it another name.",
      });
      continue;
    }
    taken.add(lower);
    const type = typeOf(attribute);
    const existing = fields.find((field) => field.name.toLowerCase() === lower);
    const field = existing ?? columnField(name);
    bindings.push({ attribute, field, type, create: false, column: `a${index}`, clear: `c${index}` });
  }
  return { bindings, problems };
}

/** A column of a CSV file holds any text. */
export function columnField(name: string): Field {
  return { id: name, name, type: "text", writable: true, choices: [], maxLength: undefined };
}

function typeOf({ type, phone, value }: AttributeMapping): AttributeType {
  if (type !== undefined) return type;
  if (phone !== undefined) return "phone";
  if (!("constant" in value)) return "text";
  return typeof value.constant === "string"
    ? "text"
    : typeof value.constant === "number"
      ? "number"
      : "boolean";
}
