import { Failure } from "../../model/failure.js";
import type { Binding, Field } from "../../plugin/codec.js";
import { parseBody, parseErrorEntries, refusalOf } from "./answers.js";
import { toFields } from "./fields.js";
import type { SendgridClient } from "./client.js";
import { FIELD_DEFINITIONS } from "./types.js";

const PATH = "/v3/marketing/field_definitions";

export async function readFields({ http }: SendgridClient, signal: AbortSignal): Promise<Field[]> {
  const response = await http.send({ method: "GET", path: PATH, bucket: "fields", kind: "read" }, signal);
  return toFields(parseBody(response, "The fields of the SendGrid account", FIELD_DEFINITIONS));
}

/** Creates the field of a binding. For about 5 s upserts that use it are refused (`write` says `transient` then). */
export async function createField(
  { http }: SendgridClient,
  binding: Binding,
  signal: AbortSignal,
): Promise<void> {
  const { name, type } = binding.field;
  const field_type = type === "number" ? "Number" : type === "date" ? "Date" : "Text";
  const response = await http.send(
    {
      method: "POST",
      path: PATH,
      body: JSON.stringify({ name, field_type }),
      bucket: "fields",
      kind: "write",
    },
    signal,
  );
  if (response.status < 300) return;
  const said = parseErrorEntries(response).map(({ message }) => message);
  if (response.status === 400 && said.some((message) => /exist|unique|duplicate|already/i.test(message))) {
    throw new Failure("conflict", `SendGrid already has a field named ${name}.`, { hint: "Run again." });
  }
  throw refusalOf(response, `Creating the field ${name}`);
}
