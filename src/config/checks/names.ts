import type { Config } from "../../model/config.js";
import type { Problem } from "../problem.js";

/** Sources and segments are tables of one SQL schema, whose names know no case. */
export function tableNames(config: Config): Problem[] {
  const first = new Map<string, string>();
  const problems: Problem[] = [];
  for (const section of ["sources", "segments"] as const)
    for (const name of config[section].keys()) {
      const earlier = first.get(name.toLowerCase());
      if (earlier === undefined) first.set(name.toLowerCase(), `${section}.${name}`);
      else
        problems.push({
          severity: "error",
          code: "table-name-taken",
          message: `\`${section}.${name}\` and \`${earlier}\` are the same table in SQL.`,
          hint: "Sources and segments share one set of names, in which upper and lower case are the same. Rename one.",
          at: [section, name],
          onKey: true,
        });
    }
  return problems;
}
