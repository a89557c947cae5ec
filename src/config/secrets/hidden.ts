import { isAlias, isMap, isScalar, isSeq, type Node, type Pair, type YAMLMap } from "yaml";
import { isPlainVariable, isPlainWord } from "../../model/words/plain-word.js";
import type { ConfigDocument } from "../yaml/document.js";
import type { SchemaNode } from "../schema/schema-lookup.js";
import { topPlace, type Place } from "../schema/schema-places.js";
import { findNearest } from "../diagnostics/nearest.js";
import { keyName, rangeOf } from "../yaml/structure.js";
import { findTypesOfOverlays, typeOf } from "./types-of-overlays.js";

/** A stretch of a text, as offsets. */
export type Stretch = readonly [from: number, to: number];

/**
 * Where a secret is in a sound file, or may stand by mistake: in the place
 * of a reference; and in every part of the config that has such places, below a
 * key that is not known (it may be `apiKey` misspelt) and where a single text
 * stands instead of a mapping or list. What it looks like does not matter.
 */
export function findHiddenStretches(document: ConfigDocument, schema: SchemaNode): Stretch[] {
  const { text, targets, yaml } = document;
  const top = topPlace(schema);
  const hidden: Stretch[] = [];
  const seen = new Map<unknown, Set<Place | undefined>>();

  /** Anchored nodes are reached again through aliases. Undefined: everything below is hidden. */
  const isNew = (node: unknown, place: Place | undefined): boolean => {
    if ((node as Node | null)?.anchor === undefined) return true;
    const places = seen.get(node) ?? new Set();
    seen.set(node, places);
    if (places.has(place)) return false;
    places.add(place);
    return true;
  };
  const hide = (node: unknown, from: number): void => {
    if ((isMap(node) || isSeq(node)) && node.items.length === 0) return;
    hidden.push([from, endOf(node)]);
    hideTargets(node);
  };
  const hideTargets = (node: unknown): void => {
    if (!isNew(node, undefined)) return;
    const target = isAlias(node) ? targets.get(node) : undefined;
    if (target !== undefined) hide(target, rangeOf(target)[0]);
    if (isMap(node))
      for (const { key, value } of node.items) for (const part of [key, value]) hideTargets(part);
    if (isSeq(node)) node.items.forEach(hideTargets);
  };
  const valueStart = ({ key }: Pair<Node, unknown>): number => {
    const [, end] = rangeOf(key);
    COLON.lastIndex = end;
    return COLON.test(text) ? COLON.lastIndex : end;
  };
  const look = (node: unknown, place: Place, from: number, isDoubtful: boolean): void => {
    if (place.isUnknown) {
      if (isDoubtful) hide(node, from);
    } else if (isAlias(node)) {
      const target = targets.get(node);
      if (place.isSecret) hide(node, from);
      else if (target !== undefined) look(target, place, rangeOf(target)[0], isDoubtful);
    } else if (!isNew(node, place)) return;
    else if (place.isSecret) reference(node, from);
    else if (isMap(node) && place.isMapping) mapping(node, place);
    else if (isSeq(node) && place.isList)
      for (const item of node.items) look(item, place.items, rangeOf(item)[0], isDoubtful);
    else if (isDoubtful && !isShown(node, place)) hide(node, from);
  };
  const baseTypes = findTypesOfOverlays(yaml.contents);
  const mapping = (map: YAMLMap, whole: Place): void => {
    const type = typeOf(map) ?? baseTypes.get(map);
    // Of a type that a plug-in brings, a key may be a secret that is plain text in another type.
    const place = whole.isOfAnyType && !isTypeOf(whole, type) ? whole.ofUnknownType : whole;
    const isNear = place.isNearSecret || place.isOfUnknownType;
    for (const pair of map.items as Pair<Node, unknown>[]) {
      const name = keyName(pair.key);
      if (name === "<<") merged(pair.value, place);
      else {
        const below = place.below(name);
        if (below.isUnknown && !isPlainWord(name)) hidden.push(rangeOf(pair.key));
        const isBeside = isNear && (below.isUnknown || place !== top);
        look(pair.value, below, valueStart(pair), isBeside || below.isNearSecret || SECRETIVE.test(name));
      }
    }
  };
  const merged = (node: unknown, place: Place): void => {
    const target = isAlias(node) ? targets.get(node) : node;
    if (isSeq(target)) for (const item of target.items) merged(item, place);
    else if (target !== undefined) look(target, place, rangeOf(target)[0], place.isNearSecret);
  };
  /** Of a reference, its form is shown, and a variable whose name is plainly one. */
  const reference = (node: unknown, from: number): void => {
    const pairs = isMap(node) ? (node.items as Pair<Node, unknown>[]) : [];
    if (pairs.length === 0 || !pairs.every(({ key }) => REFERENCE.has(keyName(key)))) hide(node, from);
    else
      for (const pair of pairs) {
        const { value } = pair;
        const name = isScalar(value) && keyName(pair.key) === "env" ? value.value : undefined;
        if (typeof name !== "string" || !isPlainVariable(name)) hide(value, valueStart(pair));
      }
  };

  look(yaml.contents, top, 0, true);
  return hidden;
}

/** No key is as short. */
const SHORT = 4;
const REFERENCE: ReadonlySet<string> = new Set(["env", "file", "command"]);
/** What people call a secret where the schema knows none. */
const SECRETIVE = /key|token|secret|pass|credential|auth|bearer|signature|url|hook/i;
const COLON = /[ \t]*:/y;

function isShown(node: unknown, place: Place): boolean {
  if (!isScalar(node)) return node === null;
  if (node.value === null || place.isFree) return true;
  const word = keyName(node);
  if (word.length <= SHORT) return true;
  return place.words.some((one) => one === word) || findNearest(word, place.words) !== undefined;
}

function isTypeOf(place: Place, type: unknown): boolean {
  return place.below("type").words.some((word) => word === type);
}

/** With what follows it in its lines, such as a comment. */
function endOf(node: unknown): number {
  return (node as Node | null)?.range?.[2] ?? 0;
}
