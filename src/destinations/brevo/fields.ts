import { Failure } from "../../model/failure.js";
import type { Binding, Field } from "../../plugin/codec.js";
import {
  amount,
  either,
  filledText,
  listOf,
  maybe,
  object,
  text,
  type Of,
} from "../../platform/http/shape.js";
import { parseBody, refusalOf } from "./answers.js";
import { CONTACTS } from "./limits.js";
import type { BrevoClient } from "./client.js";
import { ownValue } from "../../model/own-value.js";

const ATTRIBUTE = object({
  name: filledText,
  category: text,
  type: maybe(text),
  enumeration: maybe(listOf(object({ value: either(amount, text), valueStr: maybe(text), label: text }))),
  multiCategoryOptions: maybe(listOf(text)),
});

const TYPES: Readonly<Record<string, Field["type"]>> = {
  text: "text",
  float: "number",
  date: "date",
  boolean: "boolean",
  "multiple-choice": "choice",
};

export async function readFields({ http }: BrevoClient, signal: AbortSignal): Promise<readonly Field[]> {
  const response = await http.send(
    { method: "GET", path: "/contacts/attributes", bucket: CONTACTS, kind: "read" },
    signal,
  );
  const { attributes } = parseBody(response, "The attributes", object({ attributes: listOf(ATTRIBUTE) }));
  return attributes.map(toField);
}

function toField(attribute: Of<typeof ATTRIBUTE>): Field {
  const { name, category } = attribute;
  const enumeration = attribute.enumeration ?? [];
  const base = { id: name, name, maxLength: undefined };
  if (category === "category") {
    return {
      ...base,
      type: "choice",
      writable: true,
      choices: enumeration.map(({ label }) => label),
      // `value` is 0 for values that are not numbers (changelog of 2026-05-01).
      storedChoices: enumeration.map(({ value, valueStr }) => valueStr ?? String(value)),
    };
  }
  const type =
    category === "normal" ? (ownValue(TYPES, attribute.type ?? "") ?? "unsupported") : "unsupported";
  return {
    ...base,
    type,
    writable: type !== "unsupported",
    choices: attribute.multiCategoryOptions ?? [],
    ...(type === "choice" ? { multiple: true } : {}),
  };
}

const VENDOR_TYPES: Readonly<Record<string, string>> = {
  text: "text",
  number: "float",
  date: "date",
  boolean: "boolean",
};

/**
 * Creates an attribute. When the answer is lost, or says that the attribute is
 * there already, the account's attributes decide.
 */
export async function createField(client: BrevoClient, binding: Binding, signal: AbortSignal): Promise<void> {
  const { field } = binding;
  const category = field.type === "choice" ? "category" : "normal";
  const content =
    field.type === "choice"
      ? { enumeration: field.choices.map((label, index) => ({ value: index + 1, label })) }
      : { type: VENDOR_TYPES[field.type] };
  const path = `/contacts/attributes/${category}/${encodeURIComponent(field.name)}`;
  const what = `Creating the attribute ${field.name}`;
  let failure: Failure;
  try {
    const response = await client.http.send(
      { method: "POST", path, body: JSON.stringify(content), bucket: CONTACTS, kind: "write" },
      signal,
    );
    if (response.status < 300) return;
    failure = refusalOf(response, what);
    if (response.status !== 400) throw failure;
  } catch (error) {
    if (!(error instanceof Failure) || error.kind !== "unknown-outcome") throw error;
    failure = error;
  }
  const there = (await readFields(client, signal)).find(({ name }) => name.toUpperCase() === field.name);
  if (there?.type !== field.type) throw failure;
}
