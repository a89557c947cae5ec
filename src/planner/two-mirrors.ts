import { askCheck } from "../plan/checks/check.js";
import { twoMirrors } from "../plan/checks/two-mirrors.js";
import type { CompiledExport } from "./prepared.js";
import type { Run } from "../run/run.js";

/**
 * Who mirrors one list with another export. `validate` sees what the YAML says;
 * only here is it known that a name and an id are one list, or that two
 * connections lead to one account. Exports that are not part of this run count
 * by the list that they were last applied to.
 */
export function addMirrorChecks(run: Run, compiled: readonly CompiledExport[]): CompiledExport[] {
  const elsewhere = appliedElsewhere(run, compiled);
  return compiled.map((one) => {
    if (one.wanted.mode !== "mirror") return one;
    const others = compiled
      .filter((other) => other !== one && other.wanted.mode === "mirror" && listOf(other) === listOf(one))
      .map(({ wanted }) => wanted.name);
    const applied = elsewhere.filter(([, list]) => list === listOf(one)).map(([name]) => name);
    return { ...one, checks: [...one.checks, ...askCheck(twoMirrors, { others: [...others, ...applied] })] };
  });
}

/** Mirrors of the config that this run leaves out, with the lists that state has of them. */
function appliedElsewhere({ config, state }: Run, compiled: readonly CompiledExport[]): [string, string][] {
  return Object.entries(state.root.exports).flatMap(([name, { list }]): [string, string][] =>
    config.exports.get(name)?.mode === "mirror" && !compiled.some(({ wanted }) => wanted.name === name)
      ? [[name, JSON.stringify([list.accountId, "id", list.listId])]]
      : [],
  );
}

function listOf({ wanted, open, list }: CompiledExport): string {
  const target = list === undefined && "name" in wanted.list ? ["name", wanted.list.name] : ["id", list?.id];
  return JSON.stringify([open.accountKey, ...target]);
}
