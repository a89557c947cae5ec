import type { Config } from "../../model/config/config.js";
import type { MergedConfig } from "../files/merge.js";
import { removedOf } from "../normalise/moved.js";
import type { Removed as RemovedYaml } from "../schema/config-file.gen.js";
import type { Problem } from "../diagnostics/problem.js";

/** Blocks of `removed` for exports that are still wanted, or that another block is about. */
export function checkRemoved(config: Config, merged: MergedConfig): Problem[] {
  const seen = new Set<string>();
  const renamed = new Set(config.moved.flatMap((block) => ("from" in block ? [block.from] : [])));
  return merged.lists.removed.flatMap(({ value, broken }, index): Problem[] => {
    if (broken) return [];
    const { export: name } = removedOf(value as RemovedYaml);
    const problem = (code: string, message: string, hint: string): Problem[] => [
      { severity: "error", code, message, hint, at: ["removed", index, "export"] },
    ];
    if (merged.named.exports.has(name))
      return problem(
        "removed-still-there",
        `The export \`${name}\` is still in \`exports\`.`,
        "Take it out of `exports`, or take this block out.",
      );
    if (seen.has(name)) return problem("removed-twice", `\`${name}\` is removed twice.`, "Keep one block.");
    seen.add(name);
    if (renamed.has(name))
      return problem(
        "removed-and-moved",
        `\`${name}\` got another name, so it cannot be removed as well.`,
        "Name in `removed` what it is called now.",
      );
    return [];
  });
}
