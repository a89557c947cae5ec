import { isObject, textAt, type JsonObject } from "./json.js";

/** What is said of something by traits: their names, in small letters, and their arguments. */
export type Traits = ReadonlyMap<string, JsonObject>;

/** `list` is as a document has it: names alone, and objects with arguments. */
export function traitsOf(list: unknown): Traits {
  const traits = new Map<string, JsonObject>();
  for (const trait of Array.isArray(list) ? (list as readonly unknown[]) : []) {
    const name =
      typeof trait === "string" ? trait : isObject(trait) ? textAt(trait, "traitReference") : undefined;
    if (name !== undefined) traits.set(name.toLowerCase(), isObject(trait) ? argumentsOf(trait) : {});
  }
  return traits;
}

function argumentsOf(trait: JsonObject): JsonObject {
  const list: readonly unknown[] = Array.isArray(trait["arguments"]) ? trait["arguments"] : [];
  return Object.fromEntries(
    list.flatMap((one) => {
      const name = isObject(one) ? textAt(one, "name") : undefined;
      return isObject(one) && name !== undefined ? [[name, one["value"]]] : [];
    }),
  );
}
