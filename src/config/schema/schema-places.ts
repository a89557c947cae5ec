import { configSchema, resolveReference, propertyOf, wordsOf, type SchemaNode } from "./schema-lookup.js";

/**
 * Everything that the schema may expect at one place of a file, whatever the
 * file says: of alternatives all, and of an environment also what the rest of
 * the config has there.
 */
export class Place {
  readonly #alternatives: readonly SchemaNode[];
  readonly #below = new Map<string, Place>();
  #items: Place | undefined;
  #unknownType: Place | undefined;
  /** Its type is none of those that come along. */
  readonly isOfUnknownType: boolean;

  constructor(nodes: readonly SchemaNode[], { isOfUnknownType = false } = {}) {
    this.#alternatives = nodes.flatMap(alternativesOf);
    this.isOfUnknownType = isOfUnknownType;
  }

  /** Nothing is expected here. */
  get isUnknown(): boolean {
    return this.#alternatives.length === 0;
  }

  get isSecret(): boolean {
    return this.#alternatives.some(isSecretReference);
  }

  /** A secret may stand here or below. */
  get isNearSecret(): boolean {
    return this.#alternatives.some((one) => leadsToSecret(one));
  }

  /** Its type may be one that a plug-in of the project brings, whose keys nobody knows here. */
  get isOfAnyType(): boolean {
    return this.#alternatives.some(({ title }) => title !== undefined && OF_ANY_TYPE.has(title));
  }

  /** What is expected where the type is not known here: keys that all types have, and those that are secrets of some. */
  get ofUnknownType(): Place {
    return (this.#unknownType ??= new Place(keysOfEveryType(this.#alternatives), { isOfUnknownType: true }));
  }

  get isMapping(): boolean {
    return this.#alternatives.some(({ type }) => type === "object");
  }

  get isList(): boolean {
    return this.#alternatives.some(({ items }) => items !== undefined);
  }

  /** Free text, numbers and such. */
  get isFree(): boolean {
    return this.#alternatives.some((one) => wordsOf(one).length === 0 && [one.type].flat().some(isSingle));
  }

  /** The words that may stand here. */
  get words(): readonly string[] {
    return this.#alternatives.flatMap(wordsOf);
  }

  below(key: string): Place {
    const known = this.#below.get(key);
    if (known !== undefined) return known;
    const place = new Place(this.#alternatives.flatMap((one) => membersOf(one, key)));
    // Names that people choose are many, and all lead to the same place.
    const isName = this.#alternatives.every((one) => propertyOf(one, key) === undefined);
    const made = isName ? (this.#below.get(ANY_NAME) ?? place) : place;
    this.#below.set(isName ? ANY_NAME : key, made);
    return made;
  }

  get items(): Place {
    return (this.#items ??= new Place(
      this.#alternatives.flatMap(({ items }) => (items === undefined ? [] : [items])),
    ));
  }
}

/** With what the schema says of a type that it does not know. */
const OF_ANY_TYPE: ReadonlyMap<string, string> = new Map([
  ["Connection", "ownConnection"],
  ["Source", "ownSource"],
  ["Notifier", "ownNotifier"],
]);

/** No key of the schema. */
const ANY_NAME = "\0";

const tops = new Map<SchemaNode, Place>();

/** The place that is the whole file. */
export function topPlace(schema: SchemaNode): Place {
  const known = tops.get(schema) ?? new Place([schema]);
  tops.set(schema, known);
  return known;
}

function alternativesOf(node: SchemaNode): SchemaNode[] {
  const whole = resolveReference(node);
  if (isSecretReference(whole)) return [whole];
  const { oneOf = [], anyOf = [], allOf = [] } = whole;
  const inner = [...oneOf, ...anyOf, ...allOf.map(({ then }) => then)].flatMap(alternativesOf);
  if (whole.type === undefined && wordsOf(whole).length === 0) return inner;
  // A list of types only says which of the alternatives there are.
  return Array.isArray(whole.type) && inner.length > 0 ? inner : [whole, ...inner];
}

function keysOfEveryType(alternatives: readonly SchemaNode[]): SchemaNode[] {
  const shared = alternatives.flatMap(({ title }) => {
    const own = title === undefined ? undefined : OF_ANY_TYPE.get(title);
    return own === undefined ? [] : [resolveReference({ $ref: `#/$defs/${own}` })];
  });
  return alternatives.map(({ type, properties = {} }) => ({
    type: type ?? "object",
    properties: Object.fromEntries(
      Object.entries(properties).filter(
        ([key, schema]) =>
          alternativesOf(schema).some(isSecretReference) ||
          shared.some((one) => propertyOf(one, key) !== undefined),
      ),
    ),
  }));
}

function membersOf(node: SchemaNode, key: string): SchemaNode[] {
  const { additionalProperties: others, title } = node;
  const own = propertyOf(node, key) ?? (typeof others === "object" ? others : undefined);
  const elsewhere = title === "Environment" ? propertyOf(configSchema, key) : undefined;
  return [own, elsewhere].filter((one) => one !== undefined);
}

const near = new WeakMap<SchemaNode, boolean>();

function leadsToSecret(node: SchemaNode): boolean {
  const known = near.get(node);
  if (known !== undefined) return known;
  // No schema holds itself, but a guess ends the search in one that does.
  near.set(node, false);
  const found = alternativesOf(node).some((one) => {
    const { properties = {}, additionalProperties: others, items, title } = one;
    const inner = [...Object.values(properties), ...(typeof others === "object" ? [others] : [])];
    if (items !== undefined) inner.push(items);
    return isSecretReference(one) || title === "Environment" || inner.some(leadsToSecret);
  });
  near.set(node, found);
  return found;
}

function isSecretReference({ title }: SchemaNode): boolean {
  return title === "SecretReference";
}

function isSingle(type: string | undefined): boolean {
  return type !== undefined && type !== "object" && type !== "array" && type !== "null";
}
