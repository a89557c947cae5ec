import type { Reply } from "../server/reply.js";
import { invalid } from "./errors.js";

export interface Page {
  readonly limit: number;
  readonly offset: number;
  readonly sort: string;
}

/** `limit`, `offset` and `sort` of a collection, or the refusal. */
export function pageOf(query: URLSearchParams, fallback: number, max: number): Page | Reply {
  const limit = Number(query.get("limit") ?? fallback);
  const offset = Number(query.get("offset") ?? 0);
  const sort = query.get("sort") ?? "desc";
  if (!Number.isInteger(limit) || limit < 0 || limit > max)
    return invalid(`Limit exceeds max value of ${max}`);
  if (!Number.isInteger(offset) || offset < 0) return invalid("Offset is invalid");
  if (sort !== "asc" && sort !== "desc") return invalid("Sort is invalid");
  return { limit, offset, sort };
}

export function isReply(value: object): value is Reply {
  return "status" in value;
}

/** A slice of records that are kept oldest first. */
export function slice<T>(records: readonly T[], page: Page): T[] {
  const ordered = page.sort === "asc" ? records : records.toReversed();
  return ordered.slice(page.offset, page.offset + page.limit);
}

/** An optional date-time; `undefined` for absent, the refusal for nonsense. */
export function timeOf(text: string | null, name: string): number | undefined | Reply {
  if (text === null) return undefined;
  const ms = Date.parse(text.replace(" ", "+"));
  return Number.isNaN(ms) ? invalid(`${name} is not valid`) : ms;
}
