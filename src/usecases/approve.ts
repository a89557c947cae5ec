import type { ConfigChoice } from "../config/choice.js";
import { loadConfig } from "../config/load.js";
import type { SignedApproval } from "../model/config/approval.js";
import type { Diagnostic } from "../model/diagnostic.js";
import { Failure } from "../model/failure.js";
import { findRepositoryRoot } from "../platform/files/repository-root.js";
import { findSigners, signText } from "../platform/secrets/ssh-signature.js";
import { approvalFault } from "../policy/approval-faults.js";
import { withRunFolder } from "../state/run-folder.js";
import { statementOf, statementText } from "../approvals/statement.js";

export interface ApproveOptions extends ConfigChoice {
  /** Of the plan file, or of the text for `--expect-digest`. */
  readonly digest: string;
  /** Who wrote what is planned. */
  readonly authors: readonly string[];
  /** Path of an SSH key. */
  readonly key: string;
  readonly signal: AbortSignal;
}

export interface ApproveResult {
  /** Undefined when the config is invalid. */
  readonly approval: SignedApproval | undefined;
  readonly signer: string | undefined;
  readonly diagnostics: readonly Diagnostic[];
}

/** Signs a plan, and makes sure at once that the approval would count. */
export async function approve(options: ApproveOptions): Promise<ApproveResult> {
  const { digest, authors, key, signal } = options;
  const { config, diagnostics } = await loadConfig(options);
  if (config === undefined) return { approval: undefined, signer: undefined, diagnostics };
  const { allowedSigners } = config.approvals;
  if (allowedSigners === undefined)
    throw new Failure("invalid", "The config names no file of allowed signers, so no approval would count.", {
      hint: "Write `approvals: {allowedSigners: FILE}`; docs/approvals.md says how.",
    });
  const now = new Date();
  const statement = statementOf(digest, now);
  const checkout = findRepositoryRoot(config.folder) ?? config.folder;
  const signature = await signText(statementText(statement), key, { checkout, signal });
  const signer = await withRunFolder((folder) =>
    findSigners(statementText(statement), signature, allowedSigners, { folder, checkout, signal }),
  );
  if (signer === undefined)
    throw new Failure("auth", `The key ${key} is not that of an allowed signer.`, {
      hint: `Have its public half added to ${allowedSigners}, in a change that others review.`,
    });
  const fault = approvalFault(statement, signer, config.approvals, { digest, authors, used: new Set(), now });
  if (fault !== undefined)
    throw new Failure("refused", `This approval would not count: ${fault}.`, {
      hint: "Somebody else has to approve it.",
    });
  return { approval: { statement, signature }, signer: signer[0], diagnostics };
}
