import type { Config } from "../../model/config.js";
import type { Problem } from "../problem.js";

/** Segments that take each other's addresses out, in a circle. Each circle is reported once. */
export function excludeCycles(config: Config): Problem[] {
  const done = new Set<string>();
  const problems: Problem[] = [];
  const visit = (name: string, chain: readonly string[]): void => {
    const start = chain.indexOf(name);
    if (start !== -1) {
      problems.push(cycle([...chain.slice(start), name]));
      return;
    }
    if (done.has(name)) return;
    done.add(name);
    for (const next of config.segments.get(name)?.exclude ?? []) visit(next, [...chain, name]);
  };
  for (const name of config.segments.keys()) visit(name, []);
  return problems;
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
