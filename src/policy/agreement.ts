import type { Connection } from "../model/config/connection.js";
import type { AgreementEntry, AgreementState } from "../model/connections/agreement.js";

type RecordedAgreement = readonly AgreementEntry[] | undefined;

/** `agreed: false` withdraws, and so does it to take out what was agreed to once. */
export function agreementState(
  { dataPrivacy }: Pick<Connection, "dataPrivacy">,
  recorded: RecordedAgreement,
): AgreementState {
  if (dataPrivacy !== undefined) return dataPrivacy.agreed ? "agreed" : "withdrawn";
  return recorded?.some(({ agreed }) => agreed) === true ? "withdrawn" : "missing";
}

/**
 * What is to be recorded of a connection, which is undefined once it is gone
 * from the config; undefined when the record says so already, or when nobody
 * ever said anything.
 */
export function agreementChange(
  connection: Pick<Connection, "dataPrivacy"> | undefined,
  recorded: RecordedAgreement,
): Omit<AgreementEntry, "seenAt" | "actor"> | undefined {
  const last = recorded?.at(-1);
  const found = foundNow(connection);
  if (last === undefined)
    return found.reason === "dataPrivacy is gone" || connection === undefined ? undefined : found;
  const same = (["agreed", "by", "on", "text", "reason"] as const).every((key) => last[key] === found[key]);
  return same ? undefined : found;
}

function foundNow(
  connection: Pick<Connection, "dataPrivacy"> | undefined,
): Omit<AgreementEntry, "seenAt" | "actor"> {
  if (connection === undefined) return { agreed: false, reason: "the connection is gone" };
  const { dataPrivacy } = connection;
  if (dataPrivacy === undefined) return { agreed: false, reason: "dataPrivacy is gone" };
  const { agreed, by, on, text } = dataPrivacy;
  return { agreed, by, on, text, ...(agreed ? {} : { reason: "not agreed" as const }) };
}
