import { rejectedSql } from "../reconcile/recorded.js";
import type { Diagnostic } from "../model/diagnostic.js";
import { narrowingOf, type Narrowing } from "../model/plan/narrowing.js";
import type { RejectedOfExport, RejectedReport } from "../model/reports/rejected.js";
import { maskAddresses } from "../platform/secrets/mask-addresses.js";
import { exportState } from "../state/root/root.js";
import { readRecordedClaims } from "../planner/rows/load-data.js";
import { noSuchExport } from "../planner/prepare.js";
import type { Run } from "../run/run.js";
import { withRun, type RunOptions } from "../run/open.js";

export interface RejectedOptions extends RunOptions {
  /** Names of exports; all when empty. */
  readonly targets: readonly string[];
  /** At most so many people of each export. */
  readonly limit: number;
}

export interface RejectedResult {
  readonly report: RejectedReport;
  /** The apply that sends them once more; undefined when the config has none of their exports. */
  readonly again: Narrowing | undefined;
}

/** `rollcall rejected`: whom destinations rejected, by the record. Asks no destination. */
export async function listRejected(
  options: RejectedOptions,
): Promise<{ result: RejectedResult | undefined; diagnostics: readonly Diagnostic[] }> {
  return withRun(options, async (run) => {
    const { root } = run.state;
    const known = [...new Set([...Object.keys(root.exports), ...run.config.exports.keys()])];
    for (const target of options.targets) if (!known.includes(target)) throw noSuchExport(target, known);
    const names = options.targets.length === 0 ? known : options.targets;
    const exports: RejectedOfExport[] = [];
    for (const name of names) {
      // A first run that was stopped leaves people behind, and no record of the export.
      const account = exportState(root, name)?.list.accountId;
      for (const key of account === undefined ? Object.keys(root.accounts) : [account])
        exports.push(await ofExport(run, name, key, options.limit));
    }
    const report = { exports: exports.filter(({ people }) => people > 0) };
    const sendable = report.exports.map(({ name }) => name).filter((name) => run.config.exports.has(name));
    const targets = options.targets.length === 0 ? [] : [...new Set(sendable)];
    const again = sendable.length === 0 ? undefined : narrowingOf({ targets, retryRejected: true });
    return { report, again };
  });
}

async function ofExport(run: Run, name: string, account: string, limit: number): Promise<RejectedOfExport> {
  const { engine, reveal } = run;
  const own = rejectedSql(`(${await readRecordedClaims(run, account)})`, name);
  const reasons = await engine.rows<{ reason: string; people: number }>(
    `SELECT reason, count(*) AS people FROM (${own}) GROUP BY ALL ORDER BY people DESC, reason`,
  );
  const latest = await engine.rows<{ key: string; reason: string; since: string }>(
    `SELECT key, reason, strftime(changed_at, '%Y-%m-%dT%H:%M:%S.%gZ') AS since FROM (${own})
     ORDER BY changed_at DESC, key LIMIT ${limit}`,
  );
  return {
    name,
    account,
    people: reasons.reduce((sum, { people }) => sum + Number(people), 0),
    reasons: reasons.map(({ reason, people }) => ({ reason: maskAddresses(reason), people: Number(people) })),
    latest: latest.map(({ key, reason, since }) => ({
      address: reveal ? key : maskAddresses(key),
      reason: maskAddresses(reason),
      since,
    })),
  };
}
