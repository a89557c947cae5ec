import { randomUUID } from "node:crypto";
import type { ApprovalStatement, SignedApproval } from "../model/approval.js";
import { Failure } from "../model/failure.js";
import { canonicalJson } from "../plan/canonical-json.js";

export function statementOf(digest: string, now: Date): ApprovalStatement {
  return {
    kind: "rollcall-approval",
    formatVersion: 1,
    id: randomUUID(),
    digest,
    approvedAt: now.toISOString(),
  };
}

/** What is signed. */
export function textOf(statement: ApprovalStatement): string {
  return canonicalJson(statement);
}

/** Nothing else is signed, so nothing else is read. */
const FIELDS: ReadonlySet<string> = new Set<keyof ApprovalStatement>([
  "kind",
  "formatVersion",
  "id",
  "digest",
  "approvedAt",
]);

/** Reads an approval file; throws `Failure("invalid")` when it is none, or of a newer rollcall. */
export function parseApproval(text: string, path: string): SignedApproval {
  let value: Partial<SignedApproval> | null;
  try {
    value = JSON.parse(text) as Partial<SignedApproval> | null;
  } catch {
    throw notOne(path);
  }
  const statement = value?.statement as Partial<Record<keyof ApprovalStatement, unknown>> | undefined;
  if (typeof statement?.formatVersion === "number" && statement.formatVersion > 1)
    throw new Failure("invalid", `${path} was written by a newer rollcall.`, {
      hint: "Install the version of rollcall that your team uses.",
    });
  const sound =
    statement?.kind === "rollcall-approval" &&
    Object.keys(statement).every((key) => FIELDS.has(key)) &&
    [statement.id, statement.digest, statement.approvedAt].every((one) => typeof one === "string") &&
    !Number.isNaN(Date.parse(String(statement.approvedAt))) &&
    typeof value?.signature === "string";
  if (!sound) throw notOne(path);
  return value as SignedApproval;
}

function notOne(path: string): Failure {
  return new Failure("invalid", `${path} is no approval.`, { hint: "`rollcall approve` writes one." });
}
