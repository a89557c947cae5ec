import type { FaultEffect } from "../faults.js";
import type { RateLimiter } from "./limits.js";
import type { Reply } from "./reply.js";
import type { Incoming } from "./request.js";
import { matchRoute } from "./router.js";
import type { StatsCounter } from "./stats.js";
import type { Vendor } from "./vendor.js";

/** What goes out, or that the connection breaks. */
export interface Answer {
  readonly reply: Reply | "drop";
  readonly slowMs: number;
  readonly truncateAt: number | undefined;
  readonly faulty: boolean;
}

export interface AnswerContext {
  readonly limiter: RateLimiter;
  readonly limited: boolean;
  readonly stats: StatsCounter;
  readonly now: () => number;
  /** Told after a request that may have changed something. */
  readonly changed: () => void;
}

/** Answers one request of a vendor: fault, key, rate limit, endpoint, in this order. */
export async function answer<Account extends object>(
  desk: AnswerContext,
  vendor: Vendor<Account>,
  request: Incoming,
  /** What a fault makes of it. */
  effect: Exclude<FaultEffect, { kind: "cut" }> | undefined,
): Promise<Answer> {
  const plain = { slowMs: 0, truncateAt: undefined, faulty: effect !== undefined };
  if (effect?.kind === "answer" || effect?.kind === "drop") {
    if (effect.carriedOut === true) await serve(desk, vendor, request);
    if (effect.kind === "drop") return { ...plain, reply: "drop" };
    const body = effect.body ?? `<html><body><h1>${effect.status}</h1></body></html>`;
    const reply = {
      status: effect.status,
      type: effect.type ?? "text/html",
      body,
      headers: effect.headers ?? {},
    };
    return { ...plain, reply };
  }
  const reply = await serve(desk, vendor, request);
  if (effect?.kind === "slow") return { ...plain, reply, slowMs: effect.ms };
  return effect === undefined ? { ...plain, reply } : { ...plain, reply, truncateAt: effect.bytes };
}

async function serve<Account extends object>(
  desk: AnswerContext,
  vendor: Vendor<Account>,
  request: Incoming,
): Promise<Reply> {
  const matched = matchRoute(vendor.routes, request);
  const endpoint =
    matched === undefined ? `${request.method} other` : `${request.method} ${matched.route.pattern}`;
  const reply = await decide(desk, vendor, request, matched);
  desk.stats.count(vendor.name, endpoint, reply.status, request.body.length);
  if (request.method !== "GET") desk.changed();
  const headers = { ...vendor.headers(), ...reply.headers };
  return reply.body === undefined
    ? { ...reply, headers }
    : { ...reply, body: `${reply.body}${vendor.jsonEnd}`, headers };
}

async function decide<Account extends object>(
  desk: AnswerContext,
  vendor: Vendor<Account>,
  request: Incoming,
  matched: ReturnType<typeof matchRoute<Account>>,
): Promise<Reply> {
  const refused = vendor.gateway(request);
  if (refused !== undefined) return refused;
  const account = vendor.authenticate(request);
  if ("status" in account) return account;
  if (matched === undefined) return vendor.unknownPath;
  const { route, call } = matched;
  if (!desk.limited) return route.handle(account, call);
  const now = desk.now();
  const standing = desk.limiter.take(vendor.bucket(account, route), vendor.windows(account, route), now);
  const reply = standing.allowed ? await route.handle(account, call) : vendor.tooMany;
  return { ...reply, headers: { ...reply.headers, ...vendor.limitHeaders(standing, now, account, route) } };
}
