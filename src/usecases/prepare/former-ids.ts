import type { KnownOptOuts } from "../../engine/earlier-addresses.js";
import { addressesUnderFormerIds } from "../../engine/former-ids.js";
import { counted } from "../../model/counted.js";
import { Failure } from "../../model/failure.js";
import type { Check } from "../../model/plan.js";
import type { ExportProgram } from "../../model/program.js";
import { literal } from "../../plugin/relation.js";
import { rememberAddresses } from "./opt-outs.js";
import type { CompiledExport, EvaluatedExport } from "./prepared.js";
import type { Session } from "./session.js";

/**
 * When `match.id` is another one than was last applied, remembers the addresses
 * that are known by people's ids of before by those of today as well, so that
 * whoever said no stays the same person. Where the id of before cannot be
 * computed any more, that is a failed check, unless nobody said no.
 */
export async function bridgeFormerIds(
  session: Session,
  { applied, program, prefix, leaving }: CompiledExport,
  { profiles }: Pick<EvaluatedExport["tables"], "profiles">,
  { optOuts, claims }: { readonly optOuts: KnownOptOuts; readonly claims: string },
): Promise<Check[]> {
  const compiled: Partial<ExportProgram> | undefined = applied?.definition.compiled;
  const former = compiled?.version === 1 ? compiled.person : undefined;
  if (former === undefined || program.person === undefined || former === program.person || leaving) return [];
  const known = `SELECT key, person FROM ${claims} WHERE person IS NOT NULL UNION SELECT key, person FROM ${optOuts.addresses}`;
  try {
    const ids = { program, former, profiles };
    const bridged = await addressesUnderFormerIds(session.engine, ids, known, `${prefix}_both_ids`);
    await rememberAddresses(session, optOuts, bridged);
    return [];
  } catch (error) {
    if (!(error instanceof Failure) || error.kind === "interrupted") throw error;
    const unwilling = `SELECT key FROM ${optOuts.table} WHERE reason <> 'bounced' UNION SELECT key FROM ${optOuts.handRemovals.removed}`;
    const people = await session.engine.count(
      `SELECT count(DISTINCT person) FROM (${known}) SEMI JOIN (${unwilling}) AS u USING (key)`,
    );
    return people === 0 ? [] : [cannotTell(people, former)];
  }
}

function cannotTell(people: number, former: string): Check {
  return {
    name: "former-id",
    status: "failed",
    message: `\`match.id\` was ${literal(former)} before, which cannot be computed any more, and ${counted(people, "person", "people")} of the account who opted out or were taken off by hand ${people === 1 ? "is" : "are"} known by it.`,
    hint: "Keep the old column in the source until this export was applied once with the new one. Without it they are known by their addresses only.",
  };
}
