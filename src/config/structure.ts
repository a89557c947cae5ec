import { isAlias, isCollection, isScalar, visit, type Node, type Pair, type YAMLMap } from "yaml";
import type { ConfigDocument, YamlFault } from "./document.js";

/** What is valid YAML and yet no config: duplicate keys, odd keys, aliases without an anchor or inside it. */
export function structureFaults(document: ConfigDocument): YamlFault[] {
  const { yaml } = document;
  const faults: YamlFault[] = [];
  if (yaml.directives.yaml.explicit === true && yaml.directives.yaml.version !== "1.2")
    faults.push({
      code: "yaml-version",
      message: `YAML ${yaml.directives.yaml.version} is not supported.`,
      hint: "Remove the %YAML line; the file is read as YAML 1.2.",
      from: 0,
      to: 0,
    });
  if (yaml.contents === null || (isScalar(yaml.contents) && yaml.contents.value === null))
    faults.push({
      code: "empty-file",
      message: "The file is empty.",
      hint: "A config starts with `version: 1`; `rollcall init` writes one.",
      from: 0,
      to: 0,
    });
  visit(yaml, {
    Map: (_, map) => void faults.push(...keyFaults(map, document)),
    Alias: (_, alias, ancestors) => {
      const [from, to] = rangeOf(alias);
      const target = alias.resolve(yaml);
      if (target === undefined)
        faults.push({
          code: "yaml-alias",
          message: `There is no anchor \`&${alias.source}\` before this.`,
          from,
          to,
        });
      else if (ancestors.includes(target))
        faults.push({
          code: "yaml-alias",
          message: `The alias \`*${alias.source}\` stands inside its own anchor.`,
          from,
          to,
        });
    },
  });
  return faults;
}

function keyFaults(map: YAMLMap, document: ConfigDocument): YamlFault[] {
  const first = new Map<string, Node>();
  return (map.items as Pair<Node, unknown>[]).flatMap((pair): YamlFault[] => {
    const [from, to] = rangeOf(pair.key);
    if (isCollection(pair.key) || isAlias(pair.key))
      return [{ code: "yaml-key", message: "A key has to be a single word or text.", from, to }];
    const name = keyName(pair.key);
    const earlier = first.get(name);
    if (earlier === undefined) {
      first.set(name, pair.key);
      return [];
    }
    const line = document.lines.linePos(rangeOf(earlier)[0]).line;
    return [
      {
        code: "duplicate-key",
        message: `The key \`${name}\` stands here a second time.`,
        hint: `It is already in line ${line}; keep one of the two.`,
        from,
        to,
      },
    ];
  });
}

/** The text of a key; merge keys (`<<`) are symbols to the parser. */
export function keyName(key: unknown): string {
  const value = isScalar(key) ? key.value : key;
  return typeof value === "symbol" ? (value.description ?? "") : String(value ?? "");
}

export function rangeOf(node: unknown): [number, number] {
  const range = (node as Node | null)?.range;
  return range ? [range[0], range[1]] : [0, 0];
}
