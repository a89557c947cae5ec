import { isAlias, isMap, isScalar, isSeq, type Alias, type Node, type Pair, type YAMLMap } from "yaml";
import type { YamlFault } from "./document.js";
import { MAX_DEPTH, MAX_VALUES } from "../limits.js";
import { keyName, rangeOf } from "./structure.js";

/** A value as plain data, with how much it is when every alias is written out. */
interface Unfolded {
  readonly value: unknown;
  readonly values: number;
  readonly depth: number;
}

/**
 * What sound YAML says as plain data, aliases and merge keys (`<<`) carried
 * out. What aliases repeat is counted before anybody walks through it: a few
 * lines of them may stand for more than any memory holds.
 */
export function plainValue(
  contents: unknown,
  targets: ReadonlyMap<Alias, Node | undefined>,
): { value: unknown; faults: YamlFault[] } {
  const anchored = new Map<unknown, Unfolded>();
  let tooLarge: Alias | undefined;
  let copied = 0;

  const unfold = (node: unknown): Unfolded => {
    if (isAlias(node)) return copy(node);
    const found = isMap(node) ? mapping(node) : isSeq(node) ? list(node.items) : single(node);
    if ((node as Node | null)?.anchor !== undefined) anchored.set(node, found);
    return found;
  };
  const copy = (alias: Alias): Unfolded => {
    const found = anchored.get(targets.get(alias)) ?? NOTHING;
    copied += found.values;
    if (copied <= MAX_VALUES && found.depth <= MAX_DEPTH) return found;
    tooLarge ??= alias;
    return NOTHING;
  };
  const list = (items: readonly unknown[]): Unfolded => {
    const all = items.map(unfold);
    return whole(
      all.map(({ value }) => value),
      all,
    );
  };
  const mapping = (map: YAMLMap): Unfolded => {
    const value: Record<string, unknown> = {};
    const all: Unfolded[] = [];
    for (const pair of map.items as Pair<Node, unknown>[]) {
      const name = keyName(pair.key);
      const inner = unfold(pair.value);
      all.push(inner);
      if (name !== "<<") define(value, name, inner.value);
      else
        for (const source of isSeq(resolved(pair.value)) ? (inner.value as unknown[]) : [inner.value])
          for (const [key, one] of Object.entries(source ?? {}))
            if (!Object.hasOwn(value, key)) define(value, key, one);
    }
    return whole(value, all);
  };
  const resolved = (node: unknown): unknown => (isAlias(node) ? targets.get(node) : node);

  const { value, depth } = unfold(contents);
  if (tooLarge === undefined && depth <= MAX_DEPTH) return { value, faults: [] };
  const [from] = rangeOf(tooLarge ?? contents);
  const fault = {
    code: "yaml-alias-bomb",
    message: `The aliases of this file unfold to more than ${MAX_VALUES} values or ${MAX_DEPTH} levels.`,
    hint: "Write the repeated part out, or use fewer aliases inside aliases.",
    from,
    to: from,
  };
  return { value: undefined, faults: [fault] };
}

const NOTHING: Unfolded = { value: null, values: 0, depth: 0 };

function single(node: unknown): Unfolded {
  return { value: isScalar(node) ? node.value : null, values: 1, depth: 0 };
}

function whole(value: unknown, parts: readonly Unfolded[]): Unfolded {
  let values = 1;
  let depth = 0;
  for (const part of parts) {
    values += part.values;
    depth = Math.max(depth, part.depth);
  }
  return { value, values, depth: depth + 1 };
}

/** Also a key such as `__proto__`, which an assignment would take for something else. */
function define(object: Record<string, unknown>, key: string, value: unknown): void {
  Object.defineProperty(object, key, { value, writable: true, enumerable: true, configurable: true });
}
