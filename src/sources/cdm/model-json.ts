import { Failure } from "../../model/failure.js";
import { valueTypeOf } from "./column-types.js";
import { mustBeEntity } from "./entities.js";
import { objectsAt, textAt, type JsonObject } from "./json.js";
import { partitionOf } from "./partition-format.js";
import type { Column, Table } from "./table.js";
import { traitsOf } from "./traits.js";

/** A table of a `model.json`. */
export function tableOfModel(model: JsonObject, name: string): Table {
  const version = textAt(model, "version");
  if (version !== "1.0")
    throw new Failure("invalid", "it is not a model.json of version 1.0.", {
      hint: "`path` names a model.json as Customer Insights, Synapse Link or a dataflow writes it.",
    });
  const entities = objectsAt(model, "entities");
  const entity = mustBeEntity(entities, "name", name);
  if (entity["$type"] !== "LocalEntity")
    throw new Failure("invalid", `"${name}" is only a link to a table of another folder.`, {
      hint: "Name the folder that has the table.",
    });
  mustBeSynced(entity, name);
  return {
    columns: objectsAt(entity, "attributes").map(columnOf),
    partitions: objectsAt(entity, "partitions").map((written) => {
      const location = textAt(written, "location");
      if (location === undefined)
        throw new Failure("invalid", `a partition of "${name}" has no \`location\`.`, {
          hint: "It has not been written yet. Run again once it is.",
        });
      return partitionOf(written, location);
    }),
    locations: entities
      .flatMap((one) => objectsAt(one, "partitions"))
      .flatMap((one) => textAt(one, "location") ?? []),
    asOf: timeOf(textAt(model, "modifiedTime")),
  };
}

function columnOf(attribute: JsonObject): Column {
  const name = textAt(attribute, "name");
  if (name === undefined || name === "")
    throw new Failure("invalid", "an attribute of the table has no `name`.");
  return { name, type: valueTypeOf(textAt(attribute, "dataType") ?? "", traitsOf(attribute["cdm:traits"])) };
}

/** Synapse Link names tables that it is still writing for the first time. */
function mustBeSynced(entity: JsonObject, name: string): void {
  const state = objectsAt(entity, "annotations").find((one) => one["name"] === "Athena:InitialSyncState");
  if (state === undefined || state["value"] === "Completed") return;
  throw new Failure("transient", `Synapse Link has not written all of "${name}" yet.`, {
    hint: "Run again when its first synchronisation is completed.",
  });
}

export function timeOf(text: string | undefined): Date | undefined {
  const time = /^\d{4}-\d{2}-\d{2}T/.test(text ?? "") ? Date.parse(text ?? "") : Number.NaN;
  return Number.isNaN(time) ? undefined : new Date(time);
}
