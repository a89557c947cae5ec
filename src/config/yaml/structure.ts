import {
  isAlias,
  isCollection,
  isMap,
  isScalar,
  isSeq,
  visit,
  type Node,
  type Pair,
  type YAMLMap,
} from "yaml";
import { isPlainWord } from "../../model/words/plain-word.js";
import type { ConfigDocument, YamlFault } from "./document.js";

/** What is valid YAML and yet no config: duplicate keys, odd keys, aliases without an anchor or inside it. */
export function structureFaults(document: ConfigDocument): YamlFault[] {
  const { yaml, targets } = document;
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
  const invisible = INVISIBLE.exec(document.text);
  if (invisible !== null)
    faults.push({
      code: "invisible-character",
      message: `There is an invisible character (${codePoint(invisible[0])}) inside the file.`,
      hint: "Delete what stands here and type it again.",
      from: invisible.index,
      to: invisible.index + 1,
    });
  visit(yaml, {
    Scalar: (_, scalar) => {
      if (!Number.isInteger(scalar.value) || Number.isSafeInteger(scalar.value)) return;
      const [from, to] = rangeOf(scalar);
      faults.push({
        code: "inexact-number",
        message: "This number is too large to be read exactly.",
        hint: "Write it in quotes; it is then text.",
        from,
        to,
      });
    },
    Map: (_, map) => {
      for (const fault of keyFaults(map, document)) faults.push(fault);
    },
    Alias: (_, alias, ancestors) => {
      const [from, to] = rangeOf(alias);
      const target = targets.get(alias);
      if (target === undefined)
        faults.push({
          code: "yaml-alias",
          message: "There is no anchor of this name before this alias.",
          hint: "A text that begins with `*` is written in quotes.",
          from,
          to,
        });
      else if (ancestors.includes(target))
        faults.push({
          code: "yaml-alias",
          message: "The alias stands inside its own anchor.",
          from,
          to,
        });
    },
  });
  return faults;
}

/** A byte-order mark is only allowed as the very first character, where it has been dropped already. */
const INVISIBLE = /(?![\t\n\r\u0085])\p{Cc}|\uFEFF/u;

function codePoint(character: string): string {
  return `U+${character.charCodeAt(0).toString(16).toUpperCase().padStart(4, "0")}`;
}

function keyFaults(map: YAMLMap, document: ConfigDocument): YamlFault[] {
  const first = new Map<string, Node>();
  return (map.items as Pair<Node, unknown>[]).flatMap((pair): YamlFault[] => {
    const [from, to] = rangeOf(pair.key);
    if (isCollection(pair.key) || isAlias(pair.key))
      return [{ code: "yaml-key", message: "A key has to be a single word or text.", from, to }];
    const name = keyName(pair.key);
    if (name === "<<" && !isMergeable(pair.value, document))
      return [
        {
          code: "yaml-merge",
          message: "A merge key (`<<`) takes over a mapping, or a list of mappings.",
          hint: "Write `<<: *anchor`, where the anchor stands at a mapping.",
          from,
          to,
        },
      ];
    const earlier = first.get(name);
    if (earlier === undefined) {
      first.set(name, pair.key);
      return [];
    }
    const line = document.lines.linePos(rangeOf(earlier)[0]).line;
    return [
      {
        code: "duplicate-key",
        message: `${isPlainWord(name) ? `The key \`${name}\`` : "A key"} stands here a second time.`,
        hint: `It is already in line ${line}; keep one of the two.`,
        from,
        to,
      },
    ];
  });
}

function isMergeable(value: unknown, { targets }: ConfigDocument): boolean {
  const target = isAlias(value) ? targets.get(value) : value;
  if (!isSeq(target)) return isMap(target);
  return target.items.every((item) => isMap(isAlias(item) ? targets.get(item) : item));
}

/** The text of a key; merge keys (`<<`) are symbols to the parser. */
export function keyName(key: unknown): string {
  const value = isScalar(key) ? (key.value as string | number | boolean | symbol | null) : "";
  return typeof value === "symbol" ? (value.description ?? "") : String(value ?? "");
}

export function rangeOf(node: unknown): [number, number] {
  const range = (node as Node | null)?.range;
  return range ? [range[0], range[1]] : [0, 0];
}
