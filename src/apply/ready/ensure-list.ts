import type { Destination, ListInfo } from "../../plugin/destination.js";
import { bindFailure } from "../../planner/compile/bind-failure.js";
import type { PreparedExport } from "../../planner/prepared.js";
import type { Run } from "../../run/run.js";

/**
 * The export's list, created when it is named, allowed to be created and not
 * there. `created` are the account's new lists of this run, by name: another
 * export may have made it a moment ago, and names need not be unique.
 */
export async function ensureList(
  { list, wanted }: PreparedExport,
  destination: Destination,
  created: Map<string, ListInfo>,
  signal: AbortSignal,
): Promise<ListInfo> {
  if (list !== undefined) return list;
  if (!("name" in wanted.list)) throw new TypeError("a list given by id is never created");
  const { name, folder } = wanted.list;
  const made = created.get(name) ?? (await destination.createList({ name, folder }, signal));
  created.set(name, made);
  return made;
}

/**
 * Creates the fields that the plan said would be created. Their ids are known
 * only now, so what is sent is built once more with them.
 */
export async function ensureFields(
  run: Run,
  prepared: PreparedExport,
  destination: Destination,
): Promise<PreparedExport> {
  const { bindings, open, wanted } = prepared;
  const missing = bindings.filter(({ create }) => create);
  if (missing.length === 0) return prepared;
  const known = await destination.fields(run.signal);
  for (const binding of missing) {
    // Another export of this run may have created it a moment ago.
    if (known.some(({ name }) => name === binding.field.name)) continue;
    run.emit({ type: "stage", export: wanted.name, stage: `creating the field ${binding.field.name}` });
    await destination.createField(binding, run.signal);
  }
  const bound = open.plugin.bind(wanted.attributes, await destination.fields(run.signal));
  if (bound.problems.length > 0) throw bindFailure(wanted.name, bound.problems);
  const rebound = {
    ...prepared,
    bindings: bound.bindings,
    codec: open.plugin.codec(bound.bindings, open.connection),
  };
  return { ...rebound, changeSet: await prepared.rebuilt(rebound) };
}
