import type { HeldLease, Lapsed } from "../plugin/state-backend.js";
import { readProcessState } from "../platform/process-identity.js";
import type { Entry, Stored } from "./lease-entry.js";

/** Nothing that a holder began before this is still under way. */
const LONG_AGO_MS = 24 * 3_600_000;
/** Servers of one store may differ by so much. */
const TOLERANCE_MS = 5000;

/**
 * An entry whose times can be: nobody holds a lease for longer than its time
 * from now on, so that a later end was written before the store's clock was set
 * back. Otherwise it would block its account for as long as the clock was wrong.
 */
export function believed({ held, lapsed }: Entry, now: number, ttlMs: number): Entry {
  const latest = (end: string, ms: number): string =>
    Date.parse(end) > now + ms + TOLERANCE_MS ? timeText(now + ms) : end;
  return {
    ...(held && { held: { ...held, expiresAt: latest(held.expiresAt, held.ttlMs ?? ttlMs) } }),
    ...(lapsed && { lapsed: { ...lapsed, until: latest(lapsed.until, lapsed.ttlMs ?? ttlMs) } }),
  };
}

export function stateOf(held: NonNullable<Entry["held"]>, now: number): HeldLease["state"] {
  if (readProcessState(held.process) === "dead") return "dead";
  return Date.parse(held.expiresAt) > now ? "live" : "expired";
}

/** Whoever does not renew any more begins nothing after its time is up, and a dead process nothing from now on. */
export function lapsedOf({ held, lapsed }: Entry, now: number): Entry["lapsed"] {
  if (held === undefined) return lapsed;
  const dead = stateOf(held, now) === "dead" && timeText(now) < held.expiresAt;
  const until = dead ? timeText(now) : held.expiresAt;
  return lapsed !== undefined && lapsed.until > until ? lapsed : lapsedHolder(held, until, held.ttlMs);
}

export function lapsedHere(lapsed: Entry["lapsed"], now: number): Lapsed | undefined {
  if (lapsed === undefined) return undefined;
  const { holder, until } = lapsed;
  return {
    holder: { ...holder, state: "expired" },
    until,
    untilHere: Date.now() + (Date.parse(until) - now),
  };
}

export function free(lapsed: Entry["lapsed"], now: number): Entry {
  if (lapsed === undefined || now - Date.parse(lapsed.until) > LONG_AGO_MS) return {};
  return { lapsed: lapsedHolder(lapsed.holder, lapsed.until, lapsed.ttlMs) };
}

function lapsedHolder(
  holder: Stored,
  until: string,
  ttlMs: number | undefined,
): NonNullable<Entry["lapsed"]> {
  return { holder: toStored(holder), until, ...(ttlMs !== undefined && { ttlMs }) };
}

/** Without what is only ours to know. */
export function outward(held: NonNullable<Entry["held"]>, now: number): HeldLease {
  return { ...toStored(held), state: stateOf(held, now) };
}

function toStored({
  name,
  id,
  subject,
  operation,
  environment,
  who,
  pid,
  acquiredAt,
  expiresAt,
}: Stored): Stored {
  return {
    name,
    id,
    subject,
    operation,
    ...(environment === undefined ? {} : { environment }),
    who,
    pid,
    acquiredAt,
    expiresAt,
  };
}

export function timeText(ms: number): string {
  return new Date(ms).toISOString();
}
