import { consentName } from "../../reconcile/compile/consent-expression.js";
import { countLostAddresses } from "../../reconcile/lost-addresses.js";
import { silentMembersSql } from "../../reconcile/recorded.js";
import { findAnswers } from "../../reconcile/desired/profile-places.js";
import type { Place } from "../../model/words/place.js";
import type { Counts } from "../../model/plan/plan.js";
import { askCheck } from "../../plan/checks/check.js";
import { dataPrivacy } from "../../plan/checks/data-privacy.js";
import { missingAddresses } from "../../plan/checks/missing-addresses.js";
import { missingConsent } from "../../plan/checks/missing-consent.js";
import type { FoundAgain, FoundOnce } from "../../plan/checks/registry.js";
import { areTooManyMissing } from "../../plan/checks/too-many-missing.js";
import { unclearConsent } from "../../plan/checks/warnings/unclear-consent.js";
import type { EvaluatedExport } from "../prepared.js";
import type { Run } from "../../run/run.js";

/** Agreement, and what was found out before the rows are described. */
export function checksSoFar({
  open,
  checks,
  found,
}: Pick<EvaluatedExport, "open" | "checks" | "found">): (FoundAgain | FoundOnce)[] {
  return [...askCheck(dataPrivacy, open.connection), ...checks, ...found];
}

/** Whether what the data says of consent can be believed. Places are asked only when there is something to say of them. */
export async function consentChecks(
  { engine }: Run,
  { wanted, program, tables, facts }: EvaluatedExport,
  claims: string,
  recorded: number,
): Promise<FoundOnce[]> {
  if (wanted.consent === undefined) return [];
  const name = consentName(wanted.consent);
  const { unclearConsent: unclear } = facts;
  const silentSql = silentMembersSql(tables, claims, wanted.name);
  const silent = await engine.count(`SELECT count(*) FROM (${silentSql})`);
  const silentAt = areTooManyMissing(silent, recorded)
    ? await findAnswers(engine, program, tables, ["missing", "other"], silentSql)
    : {};
  const unclearAt = unclear > 0 ? await findAnswers(engine, program, tables, ["other"]) : {};
  return [
    ...askCheck(missingConsent, { name, silent, recorded, first: silentAt.first }),
    ...askCheck(unclearConsent, { name, unclear, first: unclearAt.first }),
  ];
}

export async function addressChecks(
  { engine }: Run,
  { program, tables, changes, facts }: EvaluatedExport,
  counts: Counts,
  recorded: number,
  where: Place,
): Promise<FoundOnce[]> {
  if (facts.invalid === 0 || counts.remove === 0) return [];
  const lost = await countLostAddresses(engine, tables, changes, program);
  return askCheck(missingAddresses, { lost, recorded, where });
}
