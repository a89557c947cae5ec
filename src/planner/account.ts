import { countAddresses } from "../reconcile/count-addresses.js";
import type { ClaimsMove } from "../state/people/claims-mapping.js";
import type { Failure } from "../model/failure.js";
import { accountLimit } from "../plan/account-limit.js";
import { askCheck } from "../plan/checks/check.js";
import { maxAddresses } from "../plan/checks/max-addresses.js";
import { optOutsEnded, type EndedOptOuts } from "../plan/checks/opt-outs-ended.js";
import type { FoundAgain } from "../plan/checks/registry.js";
import { contractHeadroom } from "../plan/checks/warnings/contract-headroom.js";
import type { OpenConnection } from "../run/accounts.js";
import { hasSmsIdentifier } from "./rows/evaluate.js";
import { goneOf } from "./transition/claims-moves.js";
import { failedExport } from "./describe/failed-export.js";
import { optOutListsOf } from "./opt-outs/opt-out-lists.js";
import { loadClaims } from "./rows/load-data.js";
import { checkUnnamedPlaces } from "./opt-outs/warnings.js";
import { readOptOuts } from "./opt-outs/opt-outs.js";
import { keepAddresses, keepDropped, noteUnwilling } from "./opt-outs/keep-addresses.js";
import { checksOfRemovals } from "./rows/only-removals.js";
import { checkHeldByOrphans, checkSuppressedOrphans } from "./transition/orphans.js";
import type {
  BuiltChangeSet,
  CompiledExport,
  DesiredPeople,
  EvaluatedExport,
  FailedExport,
  PreparedAccount,
  PreparedExport,
} from "./prepared.js";
import type { RowsFrom } from "./rows/rows-from.js";
import { noteWhoLeftBeforeDropping } from "./opt-outs/before-dropping.js";
import type { Run } from "../run/run.js";

export interface AccountInput {
  readonly key: string;
  readonly open: OpenConnection;
  readonly exports: readonly CompiledExport[];
  readonly rows: RowsFrom;
  readonly missingSources: ReadonlyMap<string, Failure>;
  /** What becomes of claims before anything is compared with them. */
  readonly moves: readonly ClaimsMove[];
  /** Names of the record of which the config says nothing. */
  readonly orphans: readonly string[];
  /** Safe as part of an SQL name. */
  readonly prefix: string;
}

/** Plans every export of one account; those that fail do not stop the others. */
export async function prepareAccount(
  run: Run,
  input: AccountInput,
): Promise<{ account: PreparedAccount; failed: readonly FailedExport[] }> {
  const { config } = run;
  const { open, prefix, key, rows, missingSources } = input;
  const failed: FailedExport[] = [];
  const claims = await loadClaims(run, key, prefix, input.moves);
  run.emit({ type: "stage", export: undefined, stage: `reading opt-outs of ${open.connection.name}` });
  const { optOuts, unlikely } = await readOptOuts(run, open, prefix, {
    lists: input.exports.flatMap(optOutListsOf),
    everyone: input.exports.some(({ program }) => hasSmsIdentifier(program)),
    mayEnd: (place) => mayEnd(run, input, place),
  });
  await keepDropped(run, key, optOuts, [...input.moves, ...input.exports.flatMap(goneOf)]);
  await noteWhoLeftBeforeDropping(run, open, optOuts, input.moves);
  const facts = { key, optOuts, claims, missingSources };
  const desired: { readonly compiled: CompiledExport; readonly people: DesiredPeople | undefined }[] = [];
  for (const one of input.exports) {
    const compiled = {
      ...one,
      checks: [...one.checks, ...(one.leaving ? [] : askCheck(optOutsEnded, unlikely))],
    };
    try {
      desired.push({ compiled, people: await rows.findDesired(run, compiled, facts) });
    } catch (error) {
      failed.push(failedExport(config, compiled.wanted, error));
    }
  }
  const known = desired.flatMap(({ compiled: { wanted, program, leaving }, people }) =>
    people === undefined || leaving ? [] : [{ name: wanted.name, program, tables: people.tables }],
  );
  const looked: typeof desired = [];
  for (const { compiled, people } of desired) {
    try {
      looked.push({ compiled, people: people && (await rows.look(run, compiled, facts, people)) });
    } catch (error) {
      failed.push(failedExport(config, compiled.wanted, error));
    }
  }
  await noteUnwilling(run, optOuts, claims, known);
  const evaluated: EvaluatedExport[] = [];
  for (const { compiled, people } of looked) {
    try {
      evaluated.push(await rows.evaluate(run, compiled, facts, people));
    } catch (error) {
      failed.push(failedExport(config, compiled.wanted, error));
    }
  }
  if (evaluated.length > 0) await rows.settle(run, evaluated, facts);
  await keepAddresses(run, optOuts, claims, evaluated);
  const sharedPhones = await rows.sharedPhones(run, evaluated, { key, prefix, stored: optOuts.phones });
  const beside = { claims, sharedPhones };
  const exports: PreparedExport[] = [];
  for (const one of evaluated) {
    try {
      const changeSet = await rows.changeSet(run, one, beside);
      const plan = await rows.describe(run, one, changeSet, claims, optOuts.everybody);
      const rebuilt = (bound: EvaluatedExport): Promise<BuiltChangeSet> => rows.rebuilt(run, bound, beside);
      exports.push({ ...one, changeSet, rebuilt, plan });
    } catch (error) {
      failed.push(failedExport(config, one.wanted, error));
    }
  }
  const { addresses, added } = await countAddresses(
    run.engine,
    evaluated.map(({ wanted, tables, changes }) => ({ name: wanted.name, tables, changes })),
    claims,
  );
  const contract = smallestContract(input);
  const limit = accountLimit(contract, open.plugin.capabilities);
  const stored = contract !== undefined ? await open.destination.contactCount(run.signal) : undefined;
  const checks: FoundAgain[] = [
    ...askCheck(maxAddresses, { addresses, limit }),
    ...askCheck(contractHeadroom, { addresses, added, limit, contract: contract !== undefined, stored }),
    ...(await checkUnnamedPlaces(run, optOuts)),
    ...(await checkHeldByOrphans(run, input.orphans, claims)),
    ...(await checkSuppressedOrphans(run, input.orphans, evaluated, claims)),
  ];
  return {
    account: {
      key,
      open,
      exports,
      evaluated,
      checks: checksOfRemovals(run, checks),
      addresses,
      added,
      limit,
      stored,
      optOuts,
      preparedAt: new Date(),
      optOutsFreshMs: freshMs(input),
      claims,
      sharedPhones,
    },
    failed,
  };
}

/** Whether a person lets so many opt-outs end at once, for all exports that may put somebody on a list. */
function mayEnd(run: Run, { exports, rows }: AccountInput, place: EndedOptOuts): boolean {
  const adding = exports.filter(({ leaving }) => !leaving);
  const [check] = askCheck(optOutsEnded, [place]);
  if (check === undefined) return true;
  return adding.length > 0 && adding.every(({ wanted }) => rows.passes(run, wanted.name, check));
}

/** Nobody is added on a read of opt-outs that is older, whatever `optOuts.maxAge` allows. */
const FRESH_MS = 60_000;

/** The strictest of what the connections to this account say. */
function freshMs({ exports }: AccountInput): number {
  return Math.min(FRESH_MS, ...exports.map(({ open }) => open.connection.optOuts.maxAgeSeconds * 1000));
}

function smallestContract({ exports }: AccountInput): number | undefined {
  const contracts = exports.flatMap(({ open }) => open.connection.contract?.contacts ?? []);
  return contracts.length === 0 ? undefined : Math.min(...contracts);
}
