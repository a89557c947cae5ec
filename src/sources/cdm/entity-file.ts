import { Failure } from "../../model/failure.js";
import { valueTypeOf } from "./column-types.js";
import { isObject, objectsAt, textAt, type JsonObject } from "./json.js";
import type { Column } from "./table.js";
import { traitsOf } from "./traits.js";

/** The columns of an entity of a `.cdm.json`, which has to hold all of them itself. */
export function columnsOfEntity(document: JsonObject, name: string): readonly Column[] {
  const entity = objectsAt(document, "definitions").find((one) => textAt(one, "entityName") === name);
  if (entity === undefined)
    throw new Failure("not-found", `the schema of the table has no entity "${name}".`);
  const base = entity["extendsEntity"];
  if (base !== undefined && base !== "CdmEntity") throw unresolved(name);
  const { hasAttributes } = entity;
  return membersOf(hasAttributes, name);
}

function membersOf(list: unknown, name: string): Column[] {
  if (!Array.isArray(list)) throw new Failure("invalid", `the entity "${name}" has no \`hasAttributes\`.`);
  return (list as readonly unknown[]).flatMap((member) => columnsOf(member, name));
}

function columnsOf(member: unknown, entity: string): Column[] {
  if (!isObject(member)) throw unresolved(entity);
  const group = member["attributeGroupReference"];
  if (isObject(group)) return membersOf(group["members"], entity);
  const name = textAt(member, "name");
  // Where an attribute is another entity, the program that wrote the files chose what became of it.
  if (group !== undefined || member["entity"] !== undefined || name === undefined) throw unresolved(entity);
  const { dataType } = member;
  const named = isObject(dataType) ? textAt(dataType, "dataTypeReference") : dataType;
  const format = textAt(member, "dataFormat") ?? (typeof named === "string" ? named : "");
  return [{ name, type: valueTypeOf(format, traitsOf(member["appliedTraits"])) }];
}

function unresolved(name: string): Failure {
  return new Failure(
    "invalid",
    `the entity "${name}" takes columns from other definitions, such as those of the CDM corpus, which is not read.`,
    {
      hint: "Write its schema resolved, with all attributes in it, as the libraries of the Common Data Model do.",
    },
  );
}
