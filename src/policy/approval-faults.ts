import { isFromFuture } from "../model/believed-time.js";
import type { ApprovalRules, ApprovalStatement } from "../model/config/approval.js";

/** What an approval is held against. */
export interface ApprovalContext {
  /** Of what is about to be applied. */
  readonly digest: string;
  /** Who wrote what is planned, by whatever name. */
  readonly authors: readonly string[];
  /** Ids of approvals that were used before. */
  readonly used: ReadonlySet<string>;
  readonly now: Date;
}

/** Stands for more people than one, so that nobody can tell who signed. */
const PATTERN = /[*?!]/;

/** Why a statement with a good signature of whoever has these names does not count; undefined when it does. */
export function approvalFault(
  { id, digest, approvedAt }: ApprovalStatement,
  signer: readonly string[],
  { identities, maxAgeSeconds }: Pick<ApprovalRules, "identities" | "maxAgeSeconds">,
  context: ApprovalContext,
): string | undefined {
  if (digest !== context.digest) return "it is of another plan";
  if (context.used.has(id)) return "it was used before";
  const [made, now] = [Date.parse(approvedAt), context.now.getTime()];
  if (now - made > maxAgeSeconds * 1000) return "it is too old";
  if (isFromFuture(made, now)) return "it was made in the future";
  if (signer.some((name) => PATTERN.test(name)))
    return "its key is in the file of allowed signers under a pattern, which is nobody's name";
  const names = new Set(
    signer.flatMap((name) => [name, ...(identities.get(name) ?? [])]).map((name) => name.toLowerCase()),
  );
  if (context.authors.flatMap(namesOf).some((author) => names.has(author.toLowerCase())))
    return "its signer wrote what it approves";
  return undefined;
}

/** Addresses by which GitHub and GitLab hide those of their users say who these are. */
const HIDDEN = [
  ["github", /^(?:\d+\+)?([^+@]+)@users\.noreply\.github\.com$/i],
  ["gitlab", /^\d+-([^@]+)@users\.noreply\.gitlab\.com$/i],
] as const;

function namesOf(author: string): string[] {
  const logins = HIDDEN.flatMap(([system, pattern]) => {
    const login = pattern.exec(author)?.[1];
    return login === undefined ? [] : [`${system}:${login}`];
  });
  return [author, ...logins];
}

/** The groups that a signer is in, by whatever name. */
export function groupsOf(signer: readonly string[], { groups }: Pick<ApprovalRules, "groups">): string[] {
  return [...groups]
    .filter(([, members]) => members.some((member) => signer.includes(member)))
    .map(([name]) => name);
}
