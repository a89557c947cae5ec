import { randomUUID } from "node:crypto";
import type { ConfigChoice } from "../config/choice.js";
import type { Diagnostic } from "../model/diagnostic.js";
import type { Emit } from "../model/run/event.js";
import type { ForgetPreview, ForgetProof } from "../model/reports/forget.js";
import { Failure } from "../model/failure.js";
import { readPeople, type AddressInput } from "../forget/addresses.js";
import { mustHaveNoErroredCopy } from "../forget/errored-copies.js";
import { clearAccount, type ClearedAccount } from "../forget/clear-account.js";
import { describeFound, errorOf, lookUpPeople, type FoundPeople } from "../forget/look-up-people.js";
import { openTargets, type ForgetTarget } from "../forget/open-targets.js";
import { countKnown, rememberPeople } from "../forget/remember.js";
import { NOBODY, settleAccounts, type SettledAccounts } from "../forget/settle.js";
import { sweepBlobs } from "../forget/sweep-blobs.js";
import type { KeyedHash } from "../platform/secrets/keyed-hash.js";
import { readForgetKey, mustBeSameKey } from "../run/forgotten.js";
import { subjectsOfKeys, Locks, subjectsOf } from "../run/locks.js";
import type { Run } from "../run/run.js";
import { withRun } from "../run/open.js";

export interface ForgetOptions extends ConfigChoice {
  readonly input: AddressInput;
  /** Delete the contacts, and with them any blocklist flag. */
  readonly deleting: boolean;
  /** Only look; takes no lock and changes nothing. */
  readonly dryRun: boolean;
  readonly emit: Emit;
  readonly signal: AbortSignal;
  /** Asked once, with what would be done. */
  readonly approve: (preview: ForgetPreview) => Promise<boolean>;
  readonly actor: string;
}

export interface ForgetResult {
  readonly preview?: ForgetPreview | undefined;
  /** Undefined when it was not approved, in a dry run, or when the config is invalid. */
  readonly proof?: ForgetProof | undefined;
  readonly diagnostics: readonly Diagnostic[];
}

/** How many masked addresses are shown. */
const SAMPLES = 5;

/**
 * Makes everybody forget these people. The hash comes first, so that they are
 * held back whatever happens next; then each destination, until it shows that
 * it is done; only then state. Killed at any moment, the same command goes on.
 */
export async function forget(options: ForgetOptions): Promise<ForgetResult> {
  const { result, diagnostics } = await withRun(options, async (run) => {
    const hash = await readForgetKey(run);
    if (hash === undefined) {
      throw new Failure("invalid", "The config has no forget.key, so nobody could be held back.", {
        hint: "Make a key with `openssl rand -hex 32`, keep it for good, and write `forget: {key: {env: NAME}}`.",
      });
    }
    if (!options.dryRun) await mustHaveNoErroredCopy(run.config.folder);
    const people = await readPeople(run, options.cwd, options.input);
    const locks = new Locks(run, { operation: "forget", actor: options.actor });
    const targets = await openTargets(run, locks.mayWriteUntil);
    return forgetPeople(run, options, { hash, people, targets, locks });
  });
  return { ...result, diagnostics };
}

interface ForgetTask {
  readonly hash: KeyedHash;
  readonly people: readonly string[];
  readonly targets: readonly ForgetTarget[];
  readonly locks: Locks;
}

async function forgetPeople(
  run: Run,
  options: ForgetOptions,
  task: ForgetTask,
): Promise<Pick<ForgetResult, "preview" | "proof">> {
  if (options.dryRun) return { preview: (await survey(run, options, task, NOBODY)).preview };
  const { targets, locks } = task;
  const subjects = [
    ...subjectsOfKeys(Object.keys(run.state.root.accounts)),
    ...subjectsOfKeys(targets.flatMap(({ key }) => key ?? [])),
    ...subjectsOf(targets.flatMap(({ open }) => open ?? [])),
  ];
  return locks.hold(subjects, async () => {
    const settled = await settleAccounts(run, targets, locks);
    const { preview, found } = await survey(run, options, task, settled);
    if (!(await options.approve(preview))) return { preview };
    return { preview, proof: await carryOut(run, options, task, { settled, preview, found }) };
  });
}

interface Survey {
  readonly preview: ForgetPreview;
  readonly found: readonly FoundPeople[];
}

/** Asks every account; changes nothing. */
async function survey(
  run: Run,
  options: ForgetOptions,
  { hash, people, targets }: ForgetTask,
  { failures }: SettledAccounts,
): Promise<Survey> {
  const { forgotten } = run.state.root;
  if (forgotten !== undefined) mustBeSameKey(hash, forgotten);
  const found: FoundPeople[] = [];
  for (const target of targets) {
    const failure = target.key === undefined ? undefined : failures.get(target.key);
    const one = await lookUpPeople(run, target, people);
    found.push(failure === undefined ? one : { ...one, failure });
  }
  const samples = await run.engine.rows<{ address: string }>(
    `SELECT masked_address(key) AS address FROM forget_people ORDER BY key LIMIT ${SAMPLES}`,
  );
  return {
    found,
    preview: {
      people: people.length,
      samples: samples.map(({ address }) => address),
      known: await countKnown(run, hash, people),
      deleting: options.deleting,
      accounts: found.map((one) => ({ ...describeFound(one), error: errorOf(one.failure) })),
    },
  };
}

async function carryOut(
  run: Run,
  options: ForgetOptions,
  { hash, people }: ForgetTask,
  { settled, preview, found }: Survey & { readonly settled: SettledAccounts },
): Promise<ForgetProof> {
  const { deleting, actor } = options;
  const startedAt = new Date().toISOString();
  const runId = `forget-${startedAt.replaceAll(/[-:.]/g, "").toLowerCase()}-${randomUUID().slice(0, 8)}`;
  await rememberPeople(run, hash, people, found);
  const cleared: ClearedAccount[] = [];
  for (const [index, one] of found.entries()) {
    const holder = one.target.key === undefined ? undefined : settled.holders.get(one.target.key);
    cleared.push(
      await clearAccount(run, {
        found: one,
        deleting,
        runId,
        actor,
        holder,
        prefix: `forget${index}`,
      }),
    );
  }
  const files = await sweepBlobs(run, people);
  const { samples, known } = preview;
  return {
    people: people.length,
    samples,
    known,
    deleting,
    actor,
    startedAt,
    finishedAt: new Date().toISOString(),
    keyId: hash.keyId,
    accounts: cleared.map(({ at }) => at),
    state: {
      memberships: cleared.reduce((sum, { erased }) => sum + erased.memberships, 0),
      optOuts: cleared.reduce((sum, { erased }) => sum + erased.optOuts, 0),
      files,
    },
    complete: cleared.every(({ at }) => at.status !== "left"),
  };
}
