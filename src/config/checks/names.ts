import type { Config } from "../../model/config/config.js";
import type { Problem } from "../diagnostics/problem.js";

/** How the engine calls the tables that it makes for itself. */
const INTERNAL = /^(?:rollcall|(?:e|acc|old|run|forget)\d+|forget_old\d+)_/i;

/** Sources and segments are tables of one SQL schema, whose names know no case. */
export function checkTableNames(config: Config): Problem[] {
  const first = new Map<string, string>();
  const problems: Problem[] = [];
  for (const section of ["sources", "segments"] as const)
    for (const name of config[section].keys()) {
      if (INTERNAL.test(name)) problems.push(internal(section, name));
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

function internal(section: string, name: string): Problem {
  return {
    severity: "error",
    code: "table-name-taken",
    message: `\`${name}\` is a name that the engine gives to tables of its own.`,
    hint: "Begin the name with another word.",
    at: [section, name],
    onKey: true,
  };
}
