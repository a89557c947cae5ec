/**
 * What a key has to be allowed for a request. Sources: Airbyte's page on
 * SendGrid for what may be read, TruffleHog's list of SendGrid scopes for the
 * names; SendGrid itself does not say which endpoint needs which.
 */
const SCOPES: readonly (readonly [path: RegExp, scope: string])[] = [
  [/\/v3\/user\/username/, "`user.username.read`"],
  [/\/v3\/suppression\/unsubscribes|\/v3\/asm\/suppressions\/global/, "`suppression.unsubscribes.read`"],
  [/\/v3\/suppression\/bounces/, "`suppression.bounces.read`"],
  [/\/v3\/suppression\/spam_reports/, "`suppression.spam_reports.read`"],
  [/\/v3\/asm\/groups/, "`asm.groups.suppressions.read`"],
  [/^GET .*\/v3\/marketing|\/search\/|\/exports/, "`marketing.read` (Marketing: Full Access)"],
  [/\/v3\/marketing/, "to write contacts and lists (Marketing: Full Access)"],
];

/** The scope that a refused request needs, as far as anybody knows. */
export function scopeOf(request: string): string | undefined {
  return SCOPES.find(([path]) => path.test(request))?.[1];
}

/**
 * Families of scopes of which the key has none. Older keys carry
 * `marketing_campaigns.*`. Which of a family an endpoint wants is documented
 * nowhere, so that any is taken for enough here, and a refused request names its own.
 */
export function missingScopes(scopes: readonly string[]): string[] {
  const lacking: string[] = [];
  if (!scopes.some((scope) => /^marketing(_campaigns)?(\.|$)/.test(scope))) lacking.push("marketing");
  if (!scopes.some((scope) => /^(suppression|asm|unsubscribe)/.test(scope))) lacking.push("suppression");
  return lacking;
}
