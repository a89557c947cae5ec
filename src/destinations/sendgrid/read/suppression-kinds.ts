/** A list of suppressions of every account. Source: SendGrid's OpenAPI description of suppressions. */
export interface SuppressionKind {
  readonly reason: string;
  /** Lists everybody. */
  readonly path: string;
  /** Where one address is asked for; the path takes it URL-encoded. */
  readonly single: string;
}

export const KINDS: readonly SuppressionKind[] = [
  {
    reason: "unsubscribed",
    path: "/v3/suppression/unsubscribes",
    single: "/v3/asm/suppressions/global",
  },
  { reason: "bounced", path: "/v3/suppression/bounces", single: "/v3/suppression/bounces" },
  {
    reason: "reported as spam",
    path: "/v3/suppression/spam_reports",
    single: "/v3/suppression/spam_reports",
  },
];

const OF_GROUP = "unsubscribed from group ";

export function reasonOfGroup(group: string): string {
  return `${OF_GROUP}${group}`;
}

export function groupOf(reason: string): string | undefined {
  return reason.startsWith(OF_GROUP) ? reason.slice(OF_GROUP.length) : undefined;
}
