import type { Config } from "../../model/config.js";
import type { ListTarget } from "../../model/export.js";
import type { Relocated, Renamed } from "../../model/moved.js";
import type { Merged } from "../merge.js";
import { suggestion } from "../nearest.js";
import { movedOf } from "../normalise/moved.js";
import type { Moved as MovedYaml } from "../config-file.gen.js";
import type { Path, Problem } from "../problem.js";

/** Blocks of `moved` that contradict the exports or each other. */
export function moved(config: Config, merged: Merged): Problem[] {
  const blocks = merged.lists.moved.flatMap(({ value, broken }, index) =>
    broken ? [] : [{ block: movedOf(value as MovedYaml), at: ["moved", index] as Path }],
  );
  const renamed = blocks.flatMap(({ block, at }) => ("from" in block ? [{ block, at }] : []));
  const relocated = blocks.flatMap(({ block, at }) => ("export" in block ? [{ block, at }] : []));
  const gone = new Set(config.removed.map((block) => block.export));
  return [
    ...renames(renamed, [...merged.named.exports.keys()], gone),
    ...relocations(
      relocated,
      config,
      new Set([...merged.named.exports.keys(), ...gone, ...renamed.map(({ block }) => block.from)]),
    ),
  ];
}

interface At<Block> {
  readonly block: Block;
  readonly at: Path;
}

function renames(
  blocks: readonly At<Renamed>[],
  exports: readonly string[],
  gone: ReadonlySet<string>,
): Problem[] {
  const next = new Map(blocks.map(({ block }) => [block.from, block.to]));
  return blocks.flatMap(({ block: { from, to }, at }, index): Problem[] => {
    if (inCircle(from, next)) {
      const message =
        from === to ? `\`${from}\` cannot become itself.` : "Names become each other in a circle.";
      return [
        error("moved-in-circle", message, "Keep only the way to the name in `exports`.", [...at, "to"]),
      ];
    }
    if (exports.includes(from)) {
      const message = exports.includes(to)
        ? `Both \`${from}\` and \`${to}\` are in \`exports\`.`
        : `The export \`${from}\` is still there.`;
      const hint = `Where it got the name \`${to}\`, \`exports\` holds only \`${to}\`. A block that was carried out can go.`;
      return [error("moved-still-there", message, hint, [...at, "from"])];
    }
    const earlier = blocks.slice(0, index).map(({ block }) => block);
    if (earlier.some((other) => other.from === from))
      return [
        error("moved-twice", `\`${from}\` has a new name already.`, "Keep one block.", [...at, "from"]),
      ];
    if (earlier.some((other) => other.to === to)) {
      const hint =
        "Two records cannot become one. Keep one block, and let the other export go with `removed`.";
      return [error("moved-twice", `Another export becomes \`${to}\` already.`, hint, [...at, "to"])];
    }
    if (exports.includes(to) || next.has(to) || gone.has(to)) return [];
    return [unknown(to, exports, [...at, "to"])];
  });
}

function inCircle(start: string, next: ReadonlyMap<string, string>): boolean {
  const seen = new Set<string>();
  let name: string | undefined = next.get(start);
  for (; name !== undefined && name !== start && !seen.has(name); name = next.get(name)) seen.add(name);
  return name === start;
}

function relocations(
  blocks: readonly At<Relocated>[],
  config: Config,
  known: ReadonlySet<string>,
): Problem[] {
  return blocks.flatMap(({ block, at }, index): Problem[] => {
    const { export: name, fromList, toList } = block;
    if (!known.has(name)) return [unknown(name, [...config.exports.keys()], [...at, "export"])];
    if (fromList === toList)
      return [
        error("moved-in-circle", `List \`${toList}\` is both old and new.`, undefined, [...at, "toList"]),
      ];
    const own = blocks.filter((other) => other.block.export === name);
    if (own.some((other) => other.block.fromList === fromList && blocks.indexOf(other) < index)) {
      const message = `\`${name}\` leaves list \`${fromList}\` already.`;
      return [error("moved-twice", message, "Keep one block.", [...at, "fromList"])];
    }
    const list = config.exports.get(name)?.list;
    if (list === undefined || isList(list, toList)) return [];
    if (own.some((other) => other.block.fromList === toList)) return [];
    const message = `\`${name}\` goes to list \`${labelOf(list)}\`, not to \`${toList}\`.`;
    return [error("moved-elsewhere", message, "`toList` is the list of the export.", [...at, "toList"])];
  });
}

function isList(list: ListTarget, label: string): boolean {
  return labelOf(list) === label;
}

function labelOf(list: ListTarget): string {
  return "id" in list ? list.id : list.name;
}

function unknown(name: string, exports: readonly string[], at: Path): Problem {
  return error("unknown-export", `There is no export \`${name}\`.`, suggestion(name, exports, "export"), at);
}

function error(code: string, message: string, hint: string | undefined, at: Path): Problem {
  return { severity: "error", code, message, hint, at };
}
