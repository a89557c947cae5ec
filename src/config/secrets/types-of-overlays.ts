import { isMap, isScalar, type Node, type Pair, type YAMLMap } from "yaml";
import { OWN_SECTIONS } from "../plugins/own-kinds.js";
import { keyName } from "../yaml/structure.js";

/** Of what environments of a file say of entries, the type that the same file has for the entry. */
export function findTypesOfOverlays(contents: unknown): ReadonlyMap<unknown, unknown> {
  const types = new Map<unknown, unknown>();
  for (const [, environment] of membersOf(memberOf(contents, "environments")))
    for (const section of OWN_SECTIONS) {
      const entries = memberOf(contents, section);
      for (const [name, overlay] of membersOf(memberOf(environment, section))) {
        const entry = memberOf(entries, name);
        // One with an anchor may be that of other entries as well.
        if (isMap(overlay) && overlay.anchor === undefined && isMap(entry)) types.set(overlay, typeOf(entry));
      }
    }
  return types;
}

/** The `type` that a mapping itself has. */
export function typeOf(map: YAMLMap): unknown {
  const type = memberOf(map, "type");
  return isScalar(type) ? type.value : undefined;
}

function memberOf(node: unknown, name: string): unknown {
  return membersOf(node).find(([key]) => key === name)?.[1];
}

function membersOf(node: unknown): [name: string, value: unknown][] {
  if (!isMap(node)) return [];
  return (node.items as Pair<Node, unknown>[]).map(({ key, value }) => [keyName(key), value]);
}
