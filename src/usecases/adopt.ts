import type { ConfigChoice } from "../config/choice.js";
import { adoptSql, countMembers, recordAdoptionSql, sampleAdopted } from "../reconcile/adopt.js";
import { deliverableSql, evaluateProgram, onListsSql } from "../reconcile/desired/desired.js";
import { builtSql } from "../reconcile/change-set/build.js";
import type { Adoption } from "../model/reports/adoption.js";
import type { Diagnostic } from "../model/diagnostic.js";
import type { Emit } from "../model/run/event.js";
import { Failure } from "../model/failure.js";
import { TOOL } from "../platform/tool.js";
import type { ListInfo } from "../plugin/destination.js";
import { begunRecord } from "../planner/transition/begun-record.js";
import { recordFound } from "../drift/record.js";
import { Locks, mustBeSettled, withAccount } from "../run/locks.js";
import { withoutTransition } from "../planner/transition/without-transition.js";
import { mustBeAllowed } from "../run/must-be-allowed.js";
import { compileForAccount } from "../planner/compile.js";
import { detachmentOf } from "../planner/transition/detached.js";
import { hasSmsIdentifier, readMembers } from "../planner/rows/evaluate.js";
import { optOutListsOf } from "../planner/opt-outs/opt-out-lists.js";
import { loadClaims, loadSources } from "../planner/rows/load-data.js";
import { readOptOuts } from "../planner/opt-outs/opt-outs.js";
import { openAccounts, selectExports } from "../planner/prepare.js";
import type { CompiledExport, PreparedAccount } from "../planner/prepared.js";
import { shownAddress } from "../planner/describe/shown-address.js";
import { compareHandRemovals } from "../planner/opt-outs/taken-off.js";
import type { Run } from "../run/run.js";
import { transitionOf } from "../records/transition.js";
import { findSharedPhones } from "../reconcile/people/shared-phones.js";
import { withRun } from "../run/open.js";

export interface AdoptOptions extends ConfigChoice {
  /** Name of the export whose list is taken over. */
  readonly exportName: string;
  /** Leave members alone whom the segments do not want. */
  readonly onlyDesired?: boolean | undefined;
  readonly reveal?: boolean | undefined;
  readonly emit: Emit;
  readonly signal: AbortSignal;
  /** Who runs this. */
  readonly actor: string;
  /** The same as roles name it; undefined when nobody can tell. */
  readonly identity?: string | undefined;
  /** Asked once, with what would be taken over; not asked when that is nobody. */
  readonly approve: (adoption: Adoption) => Promise<boolean>;
}

export interface AdoptResult {
  readonly adoption?: Adoption | undefined;
  /** Whether it was recorded. */
  readonly adopted: boolean;
  readonly diagnostics: readonly Diagnostic[];
}

/** Takes the members of an export's list over as ours: nothing is sent, only the record changes. */
export async function adopt(options: AdoptOptions): Promise<AdoptResult> {
  const { result, diagnostics } = await withRun(options, async (opened) => {
    const compiled = await compileOne(opened, options.exportName, options.identity);
    const { open, list, wanted } = compiled;
    if (list === undefined) throw noList(compiled);
    const locks = new Locks(opened, { operation: "adopt", actor: options.actor });
    return withAccount(opened, open, locks, async (run, holder) => {
      mustBeSettled(run, open);
      const claims = await loadClaims(run, open.accountKey, "acc");
      const { members, optOuts } = await judgeMembers(run, compiled, list, claims);
      const adoption = await describe(run, compiled, list, members, options.onlyDesired === true);
      if (adoption.counts.adopts === 0 || !(await options.approve(adoption)))
        return { adoption, adopted: false };
      const at = new Date().toISOString();
      const sql = recordAdoptionSql({
        exportName: wanted.name,
        listId: list.id,
        claims,
        members,
        onlyDesired: adoption.onlyDesired,
        at,
      });
      const identity = { accountId: open.accountKey, listId: list.id, name: list.name };
      const record = compiled.applied === undefined ? begunRecord(compiled, identity) : undefined;
      const changes = [{ exportName: wanted.name, listId: list.id, sql, record }];
      await recordFound(run, holder, open, {
        operation: "adopt",
        at,
        actor: options.actor,
        optOuts,
        changes,
      });
      return { adoption, adopted: true };
    });
  });
  return { adopted: false, ...result, diagnostics };
}

async function compileOne(run: Run, name: string, identity: string | undefined): Promise<CompiledExport> {
  const [wanted] = selectExports(run, [name]);
  if (wanted === undefined) throw new TypeError(`export ${name} was not selected`);
  const connection = run.config.connections.get(wanted.connection);
  // Whoever counts as ours is taken off once the segments do not want them, so that adopting is using the connection.
  if (connection !== undefined) mustBeAllowed(run.config, connection, identity);
  const detached = detachmentOf(run, wanted.connection);
  if (detached !== undefined) throw new Failure("refused", `Export "${name}" is detached. ${detached}`);
  const { connections, failed } = await openAccounts(run, [wanted]);
  const open = connections.get(wanted.connection);
  if (open === undefined)
    throw failed[0]?.failure ?? new TypeError(`connection ${wanted.connection} is not open`);
  const transition = transitionOf(run.config, run.state.root, [name]);
  const compiled = withoutTransition(await compileForAccount(run, wanted, open, 0, transition));
  // Without them nobody could say whom a mirror would remove.
  for (const failure of (await loadSources(run, [compiled])).values()) throw failure;
  await run.engine.lockDown();
  return compiled;
}

/** Reads the list and tells its members apart. */
async function judgeMembers(
  run: Run,
  compiled: CompiledExport,
  list: ListInfo,
  claims: string,
): Promise<{ members: string; optOuts: PreparedAccount["optOuts"] }> {
  const { engine } = run;
  const { open, prefix, program, codec, wanted, formerLists } = compiled;
  run.emit({ type: "stage", export: undefined, stage: `reading opt-outs of ${open.connection.name}` });
  const { optOuts } = await readOptOuts(run, open, "acc", {
    lists: optOutListsOf(compiled),
    everyone: hasSmsIdentifier(program),
  });
  run.emit({ type: "stage", export: wanted.name, stage: "evaluating segments" });
  const optedOut = { table: optOuts.table, list: list.id, formerLists };
  const { tables } = await evaluateProgram(engine, program, prefix, optedOut, run.forgotten);
  const sharedPhones = await findSharedPhones(engine, [{ program, tables }], optOuts.phones, prefix);
  const readAt = new Date();
  const observed = await readMembers(run, compiled, list.id, true);
  await compareHandRemovals(run, compiled, { table: observed, whole: false }, readAt, optOuts);
  const rows = `SELECT key, profile, input_hash, person_hash FROM (${deliverableSql(tables)})
    SEMI JOIN ${observed} USING (key)`;
  const desired = `${prefix}_wanted`;
  const built = builtSql(program, codec, rows, { profiles: tables.profiles, sharedPhones });
  await engine.keep(desired, `SELECT key, person_hash, input_hash, payload, fields FROM (${built})`);
  const members = `${prefix}_members`;
  await engine.keep(
    members,
    adoptSql({
      exportName: wanted.name,
      listId: list.id,
      claims,
      observed,
      optOuts: `SELECT key FROM ${optOuts.table} WHERE ${onListsSql(optOutListsOf(compiled))}`,
      forgotten: run.forgotten,
      desired,
      matches: codec.matches,
    }),
  );
  return { members, optOuts };
}

const SAMPLES = 3;

async function describe(
  run: Run,
  compiled: CompiledExport,
  list: ListInfo,
  members: string,
  onlyDesired: boolean,
): Promise<Adoption> {
  const { engine, clock, reveal } = run;
  const { wanted, open } = compiled;
  const rows = await countMembers(engine, members, onlyDesired);
  const sum = (of: (row: (typeof rows)[number]) => boolean): number =>
    rows.filter(of).reduce((total, { n }) => total + n, 0);
  const examples = { each: SAMPLES, address: shownAddress(run, compiled) };
  const samples = await sampleAdopted(engine, members, onlyDesired, examples);
  return {
    formatVersion: "1.0",
    tool: TOOL,
    createdAt: clock.toISOString(),
    revealed: reveal,
    export: wanted.name,
    connection: wanted.connection,
    type: open.connection.type,
    list: { id: list.id, name: list.name },
    mode: wanted.mode,
    onlyDesired,
    counts: {
      members: sum(() => true),
      adopts: sum((row) => row.adopted),
      wouldRemove: wanted.mode === "mirror" ? sum((row) => row.adopted && !row.desired) : 0,
      found: sum((row) => row.class === "found"),
      wanted: sum((row) => row.class === "wanted"),
      strangers: sum((row) => row.class === "stranger"),
      ours: sum((row) => row.class === "ours"),
      others: sum((row) => row.class === "other"),
      optedOut: sum((row) => row.class === "opted out"),
      forgotten: sum((row) => row.class === "forgotten"),
      unsettled: sum((row) => row.class === "unsettled"),
    },
    samples,
  };
}

function noList({ wanted, open }: CompiledExport): Failure {
  return new Failure(
    "not-found",
    `The list of export "${wanted.name}" is not there yet at connection "${open.connection.name}".`,
    { hint: "There is nobody to adopt; the first apply creates the list." },
  );
}
