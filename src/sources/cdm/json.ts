import { Failure } from "../../model/failure.js";
import { ownValue } from "../../model/own-value.js";

export type JsonObject = Readonly<Record<string, unknown>>;

export function isObject(value: unknown): value is JsonObject {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

export function textAt(from: JsonObject, key: string): string | undefined {
  const value = ownValue(from, key);
  return typeof value === "string" ? value : undefined;
}

/** The objects of a list; none where there is no list. What is in a list and is no object might be a partition: it is refused. */
export function objectsAt(from: JsonObject, key: string): readonly JsonObject[] {
  const list = ownValue(from, key) ?? [];
  if (!Array.isArray(list) || !list.every(isObject))
    throw new Failure("invalid", `its \`${key}\` are not a list of objects.`, {
      hint: "It is no Common Data Model folder as Microsoft documents it, or it was cut off.",
    });
  return list;
}
