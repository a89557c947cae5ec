import { exportState, type ExportState, type StateRoot } from "../state/root/root.js";
import { definitionOf } from "../config/definition.js";
import { compileExport } from "../reconcile/compile/compile-export.js";
import { compileRestraint } from "../reconcile/compile/compile-restraint.js";
import type { Export, ListTarget } from "../model/config/export.js";
import { Failure } from "../model/failure.js";
import { alikeName } from "../model/manifests/list-name.js";
import { READING, type ExportProgram } from "../model/plan/program.js";
import type { ListInfo } from "../plugin/destination.js";
import { resolveExactNames } from "./compile/exact-names-of-export.js";
import { formerListsOf } from "./opt-outs/opt-out-lists.js";
import { bindFailure } from "./compile/bind-failure.js";
import { keepsAddresses } from "./describe/shown-address.js";
import { formerIdsOf } from "../records/recorded-ids.js";
import { renamingBlock } from "../records/record-blocks.js";
import { mustNotTakeOver } from "../records/orphan-list.js";
import { relocationOf } from "../records/relocation.js";
import type { OpenConnection } from "../run/accounts.js";
import type { CompiledExport } from "./prepared.js";
import { addPlaceToFailure } from "./compile/failure-place.js";
import { checkColumnOrValue, checkValue } from "./compile/segment-tables.js";
import type { Run } from "../run/run.js";
import type { Transition } from "../records/transition.js";
import { uniteRecord } from "../records/united-record.js";

/** Checks an export against its account and compiles it to SQL. Throws what a person has to fix. */
export async function compileForAccount(
  run: Run,
  wanted: Export,
  open: OpenConnection,
  index: number,
  transition: Transition,
): Promise<CompiledExport> {
  const list = await findList(wanted.list, open, run.signal);
  const { bindings, problems } = open.plugin.bind(wanted.attributes, open.fields);
  if (problems.length > 0) throw bindFailure(wanted.name, problems);
  const exact = await resolveExactNames(run, wanted);
  await checkExpressions(run, exact.wanted);
  const program = compileExport(exact.config, exact.wanted, bindings, exact.namedBy);
  const definition = definitionOf(wanted, run.config);
  const { root } = run.state;
  const refused = transition.refused.get(wanted.name);
  if (refused !== undefined) throw refused;
  const renamedFrom = transition.renamed.get(wanted.name);
  const united = transition.united.get(wanted.name) ?? [];
  const applied = recordOf(root, renamedFrom ?? wanted.name, united);
  if (applied === undefined) mustNotBeOlder(run, wanted.name);
  const relocation =
    applied && relocationOf({ config: run.config, root }, wanted, applied, open.accountKey, list);
  if (applied === undefined || relocation !== undefined)
    mustNotTakeOver(
      { config: run.config, root },
      transition.orphans,
      { name: wanted.name, isNew: applied === undefined },
      open.accountKey,
      list,
    );
  const firstRun = applied === undefined || relocation !== undefined || applied.moving === true;
  const changed = !firstRun && applied.definition.digest !== definition.digest;
  const compiled = changed ? (applied.definition.compiled as unknown as ExportProgram) : undefined;
  const previous = compiled?.version === 1 ? compiled : undefined;
  return {
    applied,
    renamedFrom,
    united,
    relocation,
    leaving: false,
    after: undefined,
    wanted,
    open,
    list,
    formerLists: formerListsOf(root, open.accountKey, list, { applied, relocation }),
    formerIds: formerIdsOf(applied, program),
    bindings,
    codec: open.plugin.codec(bindings, open.connection),
    program,
    restraint: compileRestraint(exact.config, exact.wanted, exact.namedBy),
    definition,
    keepsAddress: await keepsAddresses(run, previous === undefined ? [program] : [program, previous]),
    prefix: `e${index}`,
    previous,
    changed,
    reread: !firstRun && isReadOtherwise(applied.definition.compiled),
    firstRun,
    causeNote: undefined,
    checks: [],
  };
}

/** What is recorded of an export, with the records that become part of its own. */
function recordOf(root: StateRoot, name: string, united: readonly string[]): ExportState | undefined {
  const own = exportState(root, name);
  if (own === undefined) return undefined;
  return united.reduce((into, other) => {
    const known = exportState(root, other);
    return known === undefined ? into : uniteRecord(into, other, known);
  }, own);
}

/** What is not a program says nothing about how values were read. */
function isReadOtherwise(compiled: Partial<ExportProgram>): boolean {
  return compiled.version === 1 && compiled.reading !== READING;
}

async function findList(
  target: ListTarget,
  open: OpenConnection,
  signal: AbortSignal,
): Promise<ListInfo | undefined> {
  const where = `connection "${open.connection.name}"`;
  if ("id" in target) {
    const list = await open.destination.list(target.id, signal).catch((error: unknown) => {
      // What cannot be an id may be a name.
      if (error instanceof Failure && error.kind === "invalid") return error;
      throw error;
    });
    if (list !== undefined && !(list instanceof Failure)) return list;
    const called = (await open.destination.lists(signal)).filter(({ name }) => name === target.id);
    if (called.length === 0 && list !== undefined) throw list;
    throw new Failure("not-found", `There is no list ${target.id} at ${where}.`, {
      hint:
        called.length > 0
          ? namedHint(target.id, called)
          : "Check the list id; `rollcall connections test` shows the lists there are. Nobody is added anywhere else.",
    });
  }
  const lists = await open.destination.lists(signal);
  const named = lists.filter(({ name }) => name === target.name);
  if (named.length === 1) return named[0];
  if (named.length > 1) {
    throw new Failure(
      "conflict",
      `${named.length} lists at ${where} are called "${target.name}" (ids ${named.map(({ id }) => id).join(", ")}).`,
      {
        hint: "Name the list by its id.",
      },
    );
  }
  const alike = lists.find(({ name }) => alikeName(name) === alikeName(target.name));
  if (alike !== undefined)
    throw new Failure(
      "conflict",
      `There is no list called "${target.name}" at ${where}, but one called "${alike.name}" (id ${alike.id}): only case, spaces or the form of letters differ.`,
      {
        hint: "Write its name as it is there, or its id. For a list of its own, choose a name that differs more.",
      },
    );
  if (target.create) return undefined;
  throw new Failure("not-found", `There is no list called "${target.name}" at ${where}.`, {
    hint: "Set `create: true` to have it created, or name a list that exists.",
  });
}

/** What comes after `list:` by itself is an id. */
function namedHint(name: string, lists: readonly ListInfo[]): string {
  const ids = lists.map(({ id }) => id).join(", ");
  return `\`list\` takes an id, and this is a name: write \`list: {name: ${JSON.stringify(name)}}\`, or the id (${ids}).`;
}

/** A name that an export had before it was renamed: as a new export it would claim the same people once more. */
function mustNotBeOlder({ state, config }: Run, name: string): void {
  const [now] =
    Object.entries(state.root.exports).find(
      ([other, { formerNames }]) => formerNames?.includes(name) === true && !config.exports.has(other),
    ) ?? [];
  if (now === undefined) return;
  const back = renamingBlock(now, name, config);
  throw new Failure(
    "stale",
    `Export "${name}" was renamed to "${now}"; this configuration is older than that.`,
    {
      hint: `Take the newer configuration.${back === undefined ? "" : ` To take the name back, write ${back}.`}`,
    },
  );
}

async function checkExpressions({ engine }: Run, { name, ...wanted }: Export): Promise<void> {
  const { attributes, consent, match } = wanted;
  const at = (where: string): string => `Export "${name}", ${where}`;
  for (const { name: attribute, value } of attributes)
    if ("sql" in value)
      await addPlaceToFailure(at(`attribute ${attribute}`), () => checkValue(engine, value.sql));
  const columns: [string, string | undefined][] = [
    ["consent", typeof consent === "string" ? consent : undefined],
    ["match.email", match.email],
    ["match.id", match.id],
  ];
  for (const [where, text] of columns)
    if (text !== undefined) await addPlaceToFailure(at(where), () => checkColumnOrValue(engine, text));
}
