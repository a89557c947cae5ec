import { visit, type Alias, type Document, type Node } from "yaml";

/** What each alias of a file stands for: the last anchor of its name before it, if there is one. */
export function aliasTargets(yaml: Document): ReadonlyMap<Alias, Node | undefined> {
  const anchored = new Map<string, Node>();
  const targets = new Map<Alias, Node | undefined>();
  visit(yaml, {
    Alias: (_, alias) => void targets.set(alias, anchored.get(alias.source)),
    Value: (_, node) => void (node.anchor !== undefined && anchored.set(node.anchor, node)),
  });
  return targets;
}
