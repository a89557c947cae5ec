import type { Config } from "../../model/config/config.js";
import type { ListTarget } from "../../model/config/export.js";
import type { Relocated, Renamed } from "../../model/config/moved.js";
import type { MergedConfig } from "../files/merge.js";
import { suggestionFor } from "../diagnostics/nearest.js";
import { movedOf } from "../normalise/moved.js";
import type { Moved as MovedYaml } from "../schema/config-file.gen.js";
import type { Path, Problem } from "../diagnostics/problem.js";

/** Blocks of `moved` that contradict the exports or each other. */
export function checkMoved(config: Config, merged: MergedConfig): Problem[] {
  const blocks = merged.lists.moved.flatMap(({ value, broken }, index) =>
    broken ? [] : [{ block: movedOf(value as MovedYaml), at: ["moved", index] as Path }],
  );
  const renamed = blocks.flatMap(({ block, at }) => ("from" in block ? [{ block, at }] : []));
  const relocated = blocks.flatMap(({ block, at }) => ("export" in block ? [{ block, at }] : []));
  const gone = new Set(config.removed.map((block) => block.export));
  return [
    ...renames(renamed, merged, gone),
    ...relocations(
      relocated,
      config,
      new Set([
        ...merged.named.exports.keys(),
        ...(merged.disabled?.keys() ?? []),
        ...gone,
        ...renamed.map(({ block }) => block.from),
      ]),
    ),
  ];
}

interface PlacedBlock<Block> {
  readonly block: Block;
  readonly at: Path;
}

function renames(
  blocks: readonly PlacedBlock<Renamed>[],
  { named: { exports }, disabled }: MergedConfig,
  gone: ReadonlySet<string>,
): Problem[] {
  const next = new Map(blocks.map(({ block }) => [block.from, block.to]));
  const circles = namesInCircles(next);
  const leaving = new Set<string>();
  return blocks.flatMap(({ block: { from, to }, at }): Problem[] => {
    const leavesAgain = leaving.has(from);
    leaving.add(from);
    if (circles.has(from)) {
      const message =
        from === to ? `\`${from}\` cannot become itself.` : "Names become each other in a circle.";
      return [
        error("moved-in-circle", message, "Keep only the way to the name in `exports`.", [...at, "to"]),
      ];
    }
    if (exports.has(from)) {
      const message = exports.has(to)
        ? `Both \`${from}\` and \`${to}\` are in \`exports\`.`
        : `The export \`${from}\` is still there.`;
      const hint = `Where it got the name \`${to}\`, \`exports\` holds only \`${to}\`. A block that was carried out can go.`;
      return [error("moved-still-there", message, hint, [...at, "from"])];
    }
    if (leavesAgain)
      return [
        error("moved-twice", `\`${from}\` has a new name already.`, "Keep one block.", [...at, "from"]),
      ];
    if (exports.has(to) || disabled?.has(to) === true || next.has(to) || gone.has(to)) return [];
    return [unknown(to, exports.keys(), [...at, "to"])];
  });
}

/** The names that lead back to themselves; each name is followed once. */
function namesInCircles(next: ReadonlyMap<string, string>): ReadonlySet<string> {
  const found = new Set<string>();
  const done = new Set<string>();
  for (const start of next.keys()) {
    const way = new Set<string>();
    let name: string | undefined = start;
    for (; name !== undefined && !done.has(name) && !way.has(name); name = next.get(name)) way.add(name);
    for (const one of way) done.add(one);
    if (name === undefined || !way.has(name) || found.has(name)) continue;
    for (let one: string | undefined = name; one !== undefined && !found.has(one); one = next.get(one))
      found.add(one);
  }
  return found;
}

function relocations(
  blocks: readonly PlacedBlock<Relocated>[],
  config: Config,
  known: ReadonlySet<string>,
): Problem[] {
  const leaving = new Set<string>();
  const steps = new Set(blocks.map(({ block }) => stepOf(block.export, block.fromList)));
  return blocks.flatMap(({ block, at }): Problem[] => {
    const { export: name, fromList, toList } = block;
    if (!known.has(name)) return [unknown(name, config.exports.keys(), [...at, "export"])];
    if (fromList === toList)
      return [
        error("moved-in-circle", `List \`${toList}\` is both old and new.`, undefined, [...at, "toList"]),
      ];
    const step = stepOf(name, fromList);
    const isKnown = leaving.has(step);
    leaving.add(step);
    if (isKnown) {
      const message = `\`${name}\` leaves list \`${fromList}\` already.`;
      return [error("moved-twice", message, "Keep one block.", [...at, "fromList"])];
    }
    const list = config.exports.get(name)?.list;
    if (list === undefined || isList(list, toList)) return [];
    if (steps.has(stepOf(name, toList))) return [];
    const message = `\`${name}\` goes to list \`${labelOf(list)}\`, not to \`${toList}\`.`;
    return [error("moved-elsewhere", message, "`toList` is the list of the export.", [...at, "toList"])];
  });
}

function stepOf(name: string, list: string): string {
  return JSON.stringify([name, list]);
}

function isList(list: ListTarget, label: string): boolean {
  return labelOf(list) === label;
}

function labelOf(list: ListTarget): string {
  return "id" in list ? list.id : list.name;
}

function unknown(name: string, exports: Iterable<string>, at: Path): Problem {
  const hint = (): string => suggestionFor(name, exports, "export");
  return error("unknown-export", `There is no export \`${name}\`.`, hint, at);
}

function error(code: string, message: string, hint: Problem["hint"], at: Path): Problem {
  return { severity: "error", code, message, hint, at };
}
