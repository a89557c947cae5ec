import type { Answer } from "./answer.js";
import type { Exchange } from "./exchange.js";
import type { Incoming } from "./request.js";

/** The exchange of an answered request; undefined when the connection was broken. */
export function exchangeOf(
  vendor: "brevo" | "sendgrid",
  request: Incoming,
  answer: Answer,
): Exchange | undefined {
  const { reply } = answer;
  if (reply === "drop") return undefined;
  const query: Record<string, string | string[]> = {};
  for (const name of new Set(request.query.keys())) {
    const values = request.query.getAll(name);
    query[name] = values.length === 1 ? (values[0] ?? "") : values;
  }
  const type = reply.type === undefined ? {} : { "content-type": reply.type };
  return {
    vendor,
    method: request.method,
    path: request.path,
    query,
    requestHeaders: flat(request.headers),
    requestBody: request.body.length === 0 ? undefined : parsed(request.body.toString("utf8")),
    status: reply.status,
    responseHeaders: { ...reply.headers, ...type },
    responseBody: reply.body === undefined ? undefined : parsed(reply.body),
    faulty: answer.faulty,
  };
}

function flat(headers: Incoming["headers"]): Record<string, string> {
  return Object.fromEntries(Object.entries(headers).map(([name, value]) => [name, String(value)]));
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return text;
  }
}
