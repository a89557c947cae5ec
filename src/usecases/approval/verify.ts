import { access, readFile } from "node:fs/promises";
import type { Approval, ApprovalRules } from "../../model/approval.js";
import { Failure } from "../../model/failure.js";
import { signerOf } from "../../platform/ssh-signature.js";
import { approvalFault, groupsOf, type ApprovalContext } from "../../policy/approval-faults.js";
import { parseApproval, textOf } from "./statement.js";

/**
 * Verifies approval files against the repository's allowed signers. One that
 * does not count refuses the whole apply, with the reasons of all of them:
 * somebody meant it, and nobody should have to guess why it was not heeded.
 */
export async function verifyApprovals(
  paths: readonly string[],
  rules: ApprovalRules,
  context: ApprovalContext,
  options: { readonly folder: string; readonly signal: AbortSignal },
): Promise<Approval[]> {
  if (paths.length === 0) return [];
  const { allowedSigners } = rules;
  if (allowedSigners === undefined)
    throw new Failure("invalid", "The config names no file of allowed signers.", {
      hint: "Write `approvals: {allowedSigners: FILE}`; docs/approvals.md says how.",
    });
  await access(allowedSigners).catch((error: unknown) => {
    throw unreadable("The file of allowed signers", allowedSigners, error);
  });
  const approvals: Approval[] = [];
  const faults: string[] = [];
  for (const path of paths) {
    const { statement, signature } = parseApproval(await textAt(path), path);
    const signer = await signerOf(textOf(statement), signature, allowedSigners, options);
    const fault =
      signer === undefined
        ? "its signature is not that of an allowed signer"
        : approvalFault(statement, signer, rules, context);
    if (fault !== undefined) faults.push(`${path}: ${fault}`);
    else if (signer !== undefined)
      approvals.push({
        id: statement.id,
        signer,
        groups: groupsOf(signer, rules),
        approvedAt: statement.approvedAt,
      });
  }
  if (faults.length === 0) return approvals;
  throw new Failure("refused", `An approval does not count: ${faults.join("; ")}.`, {
    hint: "Nothing was sent. Have this very plan approved by somebody who did not write it.",
  });
}

async function textAt(path: string): Promise<string> {
  try {
    return await readFile(path, "utf8");
  } catch (error) {
    throw unreadable("The approval", path, error);
  }
}

function unreadable(what: string, path: string, error: unknown): Failure {
  const code = (error as NodeJS.ErrnoException).code ?? "unknown";
  return new Failure("invalid", `${what} ${path} cannot be read (${code}).`, {
    hint: "Nothing was changed. `rollcall approve` writes approvals; `approvals.allowedSigners` names the signers.",
  });
}
