import { json, type Reply } from "../server/reply.js";
import type { Incoming } from "../server/request.js";

/** What a key made with full access carries, as far as the endpoints here go. */
export const ALL_SCOPES: readonly string[] = [
  "asm.groups.read",
  "asm.groups.suppressions.read",
  "asm.groups.suppressions.create",
  "marketing.read",
  "marketing.update",
  "suppression.bounces.read",
  "suppression.read",
  "suppression.spam_reports.read",
  "suppression.unsubscribes.read",
  "user.account.read",
  "user.profile.read",
  "user.username.read",
];

/**
 * Scopes of which an endpoint wants one. Sources: Airbyte's page on SendGrid
 * for what may be read, TruffleHog's list for the names. That writes of
 * marketing want another scope than reads is an assumption.
 */
const WANTED: readonly (readonly [path: RegExp, scope: RegExp])[] = [
  [/^GET \/v3\/user\/username/, /^user\.username\.read$/],
  [/^GET \/v3\/user\/account/, /^user\.account\.read$/],
  [/^GET \/v3\/user\/profile/, /^user\.profile\.read$/],
  [/ \/v3\/suppression\/unsubscribes/, /^suppression\.(unsubscribes\.)?read$/],
  [/ \/v3\/suppression\/bounces/, /^suppression\.(bounces\.)?read$/],
  [/ \/v3\/suppression\/spam_reports/, /^suppression\.(spam_reports\.)?read$/],
  [
    / \/v3\/asm\/suppressions\/global/,
    /^suppression\.(unsubscribes\.)?read$|^asm\.suppressions\.global\.read$/,
  ],
  [/ \/v3\/asm/, /^asm\.groups\.(suppressions\.)?read$/],
  [/^GET \/v3\/marketing|^POST \/v3\/marketing\/contacts\//, /^marketing(_campaigns)?\.read$/],
  [/ \/v3\/marketing/, /^marketing(_campaigns)?\.(create|update|delete)$/],
];

/** 403 when a key may not do what it asks for. */
export function refusedByScope(
  scopes: readonly string[] | undefined,
  { method, path }: Incoming,
): Reply | undefined {
  if (scopes === undefined) return undefined;
  const wanted = WANTED.find(([pattern]) => pattern.test(`${method} ${path}`))?.[1];
  if (wanted === undefined || scopes.some((scope) => wanted.test(scope))) return undefined;
  return json(403, { errors: [{ field: null, message: "access forbidden" }] });
}
