import type { Reply } from "./reply.js";
import type { Call, Incoming } from "./request.js";

/** One endpoint of a vendor. */
export interface Route<Account> {
  readonly method: string;
  /** Segments that begin with a colon capture. */
  readonly pattern: string;
  /** Which rate limit the endpoint counts against. */
  readonly bucket: string;
  readonly handle: (account: Account, call: Call) => Reply | Promise<Reply>;
}

export interface Match<Account> {
  readonly route: Route<Account>;
  readonly call: Call;
}

/** Finds the route of a request; routes are tried in their order. */
export function matchRoute<Account>(
  routes: readonly Route<Account>[],
  request: Incoming,
): Match<Account> | undefined {
  const segments = request.path.split("/");
  for (const route of routes) {
    if (route.method !== request.method) continue;
    const params = capture(route.pattern.split("/"), segments);
    if (params !== undefined) return { route, call: { ...request, params } };
  }
  return undefined;
}

function capture(
  pattern: readonly string[],
  segments: readonly string[],
): Record<string, string> | undefined {
  if (pattern.length !== segments.length) return undefined;
  const params: Record<string, string> = {};
  for (const [index, part] of pattern.entries()) {
    const segment = segments[index] ?? "";
    if (part.startsWith(":")) {
      if (segment === "") return undefined;
      params[part.slice(1)] = decode(segment);
    } else if (part !== segment) return undefined;
  }
  return params;
}

function decode(segment: string): string {
  try {
    return decodeURIComponent(segment);
  } catch {
    return segment;
  }
}
