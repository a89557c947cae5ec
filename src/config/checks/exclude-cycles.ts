import type { Config } from "../../model/config/config.js";
import { MOST_LEVELS } from "../../model/config/segment.js";
import type { Problem } from "../diagnostics/problem.js";

/** Segments that take each other's addresses out, in a circle or in too long a chain. Each is reported once. */
export function checkExcludeCycles(config: Config): Problem[] {
  const levels = new Map<string, number>();
  const problems: Problem[] = [];
  const chain: string[] = [];
  /** How many segments build on each other here, this one included. */
  const visit = (name: string): number => {
    const start = chain.indexOf(name);
    if (start !== -1) problems.push(cycle([...chain.slice(start), name]));
    const known = start === -1 ? levels.get(name) : 0;
    if (known !== undefined) return known;
    levels.set(name, MOST_LEVELS);
    chain.push(name);
    let own = 1;
    // Deeper down nothing changes what is said.
    if (chain.length <= MOST_LEVELS)
      for (const next of config.segments.get(name)?.exclude ?? []) own = Math.max(own, 1 + visit(next));
    else own = MOST_LEVELS;
    chain.pop();
    levels.set(name, Math.min(own, MOST_LEVELS));
    if (own > MOST_LEVELS && !problems.some(({ code }) => code === "exclude-depth"))
      problems.push(tooDeep(name));
    return Math.min(own, MOST_LEVELS);
  };
  for (const name of config.segments.keys()) visit(name);
  return problems;
}

function tooDeep(name: string): Problem {
  return {
    severity: "error",
    code: "exclude-depth",
    message: `More than ${MOST_LEVELS} segments exclude each other in a chain that begins at \`${name}\`.`,
    hint: "List what is excluded in one segment.",
    at: ["segments", name, "exclude"],
  };
}

function cycle(round: readonly string[]): Problem {
  const [name = "", next] = round;
  const message =
    round.length === 2
      ? `The segment \`${name}\` excludes itself.`
      : `Segments exclude each other: ${round.join(" → ")}.`;
  const hint = next === name ? "Take it out of `exclude`." : "Take one of them out of `exclude`.";
  return { severity: "error", code: "exclude-cycle", message, hint, at: ["segments", name, "exclude"] };
}
