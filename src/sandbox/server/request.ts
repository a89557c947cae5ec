import type { IncomingHttpHeaders } from "node:http";

/** A request on its way to a handler. */
export interface Incoming {
  readonly method: string;
  /** Percent-encoded path, without the sandbox's vendor prefix. */
  readonly path: string;
  readonly query: URLSearchParams;
  readonly headers: IncomingHttpHeaders;
  readonly body: Buffer;
}

/** A handler's view: the request plus what the route's pattern captured, decoded. */
export interface Call extends Incoming {
  readonly params: Readonly<Record<string, string>>;
}

/** The body as JSON; `undefined` when it is not JSON. */
export function parseJson(body: Buffer): unknown {
  try {
    return JSON.parse(body.toString("utf8")) as unknown;
  } catch {
    return undefined;
  }
}

/** The body as a JSON object; `undefined` when it is anything else. */
export function parseObject(body: Buffer): Record<string, unknown> | undefined {
  const value = parseJson(body);
  return typeof value === "object" && value !== null && !Array.isArray(value)
    ? (value as Record<string, unknown>)
    : undefined;
}
