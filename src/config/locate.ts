import { isAlias, isCollection, isMap, isScalar, isSeq, type Node, type Pair, type YAMLMap } from "yaml";
import type { ConfigDocument } from "./document.js";
import type { Path } from "./problem.js";
import { keyName, rangeOf } from "./structure.js";

/**
 * Where a path stands in a file: the value when it is a single word or text,
 * else its key. Of a path that is not there, the nearest part that is.
 */
export function locate(document: ConfigDocument, path: Path, onKey = false): [number, number] {
  let node: unknown = document.yaml.contents;
  let found: [number, number] = [0, 0];
  for (const [index, part] of path.entries()) {
    node = resolved(node, document);
    if (isSeq(node)) {
      node = node.items[Number(part)];
      if (node === undefined) return found;
      found = rangeOf(node);
    } else if (isMap(node)) {
      const pair = pairOf(node, String(part), document);
      if (pair === undefined) return found;
      const last = index === path.length - 1;
      const scalar = isScalar(pair.value) && pair.value.value !== null;
      found = rangeOf(last && !onKey && (scalar || isAlias(pair.value)) ? pair.value : pair.key);
      node = pair.value;
    } else return found;
  }
  return found;
}

function resolved(node: unknown, document: ConfigDocument): unknown {
  return isAlias(node) ? node.resolve(document.yaml) : node;
}

/** A key of the map itself, or of the maps merged into it with `<<`. */
function pairOf(map: YAMLMap, name: string, document: ConfigDocument): Pair<Node, unknown> | undefined {
  const pairs = map.items as Pair<Node, unknown>[];
  const own = pairs.find((pair) => keyName(pair.key) === name);
  if (own !== undefined) return own;
  for (const pair of pairs.filter(({ key }) => keyName(key) === "<<")) {
    const merged = resolved(pair.value, document);
    const maps = isSeq(merged) ? merged.items.map((item) => resolved(item, document)) : [merged];
    for (const inner of maps) {
      const hit = isMap(inner) ? pairOf(inner, name, document) : undefined;
      if (hit !== undefined) return hit;
    }
  }
  return undefined;
}

/** Every scalar that stands as the value of a key of this name, as offsets. */
export function valuesOfKey(node: unknown, name: string): [number, number][] {
  if (!isCollection(node)) return [];
  return (node.items as unknown[]).flatMap((item) => {
    if (isSeq(node)) return valuesOfKey(item, name);
    const pair = item as Pair;
    return keyName(pair.key) === name && isScalar(pair.value)
      ? [rangeOf(pair.value)]
      : valuesOfKey(pair.value, name);
  });
}
