import { randomUUID } from "node:crypto";
import type { ApprovalStatement, SignedApproval } from "../model/config/approval.js";
import { Failure } from "../model/failure.js";
import { canonicalJson } from "../plan/canonical-json.js";
import { validateApproval } from "../validators/approval.gen.js";

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
export function statementText(statement: ApprovalStatement): string {
  return canonicalJson(statement);
}

/** Reads an approval file; throws `Failure("invalid")` when it is not one, or is of a newer rollcall. */
export function parseApproval(text: string, path: string): SignedApproval {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    throw notOne(path);
  }
  const { statement } = (value ?? {}) as { statement?: { formatVersion?: unknown } | null };
  if (typeof statement?.formatVersion === "number" && statement.formatVersion > 1)
    throw new Failure("invalid", `${path} was written by a newer rollcall.`, {
      hint: "Install the version of rollcall that your team uses.",
    });
  if (!isApproval(value)) throw notOne(path);
  return value;
}

function isApproval(value: unknown): value is SignedApproval {
  return validateApproval(value) && !Number.isNaN(Date.parse((value as SignedApproval).statement.approvedAt));
}

function notOne(path: string): Failure {
  return new Failure("invalid", `${path} is not an approval.`, { hint: "`rollcall approve` writes one." });
}
