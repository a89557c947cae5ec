import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import type { Approval, ApprovalRules } from "../model/config/approval.js";
import { Failure } from "../model/failure.js";
import { FileFault } from "../platform/files/file-fault.js";
import { readProjectFile } from "../platform/files/open-project-file.js";
import { homeOf } from "../platform/files/repository-root.js";
import { findSigners } from "../platform/secrets/ssh-signature.js";
import { approvalFault, groupsOf, type ApprovalContext } from "../policy/approval-faults.js";
import { parseApproval, statementText } from "./statement.js";

/** A statement and a signature; the keys of everybody in a company. */
const MAX_BYTES = 1024 ** 2;

/**
 * Verifies approval files against the repository's allowed signers. One that
 * does not count refuses the whole apply, with the reasons of all of them:
 * somebody meant it, and nobody should have to guess why it was ignored.
 */
export async function verifyApprovals(
  paths: readonly string[],
  rules: ApprovalRules,
  context: ApprovalContext,
  options: { readonly folder: string; readonly checkout: string; readonly signal: AbortSignal },
): Promise<Approval[]> {
  if (paths.length === 0) return [];
  const { allowedSigners } = rules;
  if (allowedSigners === undefined)
    throw new Failure("invalid", "The config names no file of allowed signers.", {
      hint: "Write `approvals: {allowedSigners: FILE}`; docs/approvals.md says how.",
    });
  // Of one text for all of them, whatever becomes of the file meanwhile.
  const signers = join(options.folder, "allowed-signers");
  const text = await textAt(allowedSigners, "The file of allowed signers");
  await writeFile(signers, text, { mode: 0o600 });
  const approvals: Approval[] = [];
  const faults: string[] = [];
  for (const path of paths) {
    const { statement, signature } = parseApproval(await textAt(path, "The approval"), path);
    const signer = await findSigners(statementText(statement), signature, signers, options);
    const fault =
      signer === undefined
        ? "its signature is not that of an allowed signer"
        : approvalFault(statement, signer, rules, context);
    if (fault !== undefined) faults.push(`${path}: ${fault}`);
    else if (signer !== undefined)
      approvals.push({
        id: statement.id,
        signer: signer[0],
        groups: groupsOf(signer, rules),
        approvedAt: statement.approvedAt,
      });
  }
  if (faults.length === 0) return approvals;
  throw new Failure("refused", `An approval does not count: ${faults.join("; ")}.`, {
    hint: "Nothing was sent. Have this very plan approved by somebody who did not write it.",
  });
}

async function textAt(path: string, what: string): Promise<string> {
  try {
    const within = homeOf(path, undefined);
    return (await readProjectFile(path, { within, maxBytes: MAX_BYTES })).toString("utf8");
  } catch (error) {
    if (!(error instanceof FileFault)) throw error;
    throw new Failure("invalid", `${what} ${error.message}`, {
      hint: "Nothing was changed. `rollcall approve` writes approvals; `approvals.allowedSigners` names the signers.",
      cause: error,
    });
  }
}
