import { isAlias, isMap, isScalar, isSeq, type Node, type Pair, type YAMLMap } from "yaml";
import type { ConfigDocument } from "./document.js";
import type { Path } from "../diagnostics/problem.js";
import { keyName, rangeOf } from "./structure.js";

/**
 * Where a path is in a file: the value when it is a single word or text,
 * else its key. Of a path that is not there, the nearest part that is.
 */
export function locatePath(document: ConfigDocument, path: Path, onKey = false): [number, number] {
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
  return isAlias(node) ? document.targets.get(node) : node;
}

/** A key of the map itself, or of the maps merged into it with `<<`. */
function pairOf(map: YAMLMap, name: string, document: ConfigDocument): Pair<Node, unknown> | undefined {
  const pairs = pairsOf(map);
  const own = pairs.get(name);
  if (own !== undefined) return own;
  const merged = resolved(pairs.get("<<")?.value, document);
  for (const item of isSeq(merged) ? merged.items : [merged]) {
    const inner = resolved(item, document);
    const hit = isMap(inner) ? pairOf(inner, name, document) : undefined;
    if (hit !== undefined) return hit;
  }
  return undefined;
}

/** Of a key that stands twice, the first. */
const indexes = new WeakMap<YAMLMap, ReadonlyMap<string, Pair<Node, unknown>>>();

function pairsOf(map: YAMLMap): ReadonlyMap<string, Pair<Node, unknown>> {
  const known = indexes.get(map);
  if (known !== undefined) return known;
  const pairs = (map.items as Pair<Node, unknown>[]).toReversed();
  const made = new Map(pairs.map((pair) => [keyName(pair.key), pair]));
  indexes.set(map, made);
  return made;
}
