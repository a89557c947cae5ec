import { Failure } from "../../model/failure.js";
import { textAt, type JsonObject } from "./json.js";

const MOST_NAMED = 20;

/** The one of these that has this name under `key`. */
export function mustBeEntity(entities: readonly JsonObject[], key: string, name: string): JsonObject {
  const found = entities.filter((entity) => textAt(entity, key) === name);
  const [first] = found;
  if (found.length > 1) throw new Failure("invalid", `several tables are called "${name}".`);
  if (first !== undefined) return first;
  const names = entities.flatMap((entity) => textAt(entity, key) ?? []);
  const more = names.length > MOST_NAMED ? ` and ${names.length - MOST_NAMED} more` : "";
  throw new Failure("not-found", `there is no table "${name}" in it.`, {
    hint:
      names.length === 0
        ? "It names no table at all."
        : `Its tables are ${names.slice(0, MOST_NAMED).join(", ")}${more}.`,
  });
}
