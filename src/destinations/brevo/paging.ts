import { Failure } from "../../model/failure.js";
import { PageGuard } from "../../platform/http/page-guard.js";
import { amount, listOf, maybe, object, type Shape } from "../../platform/http/shape.js";
import { parseBody } from "./answers.js";
import { CONTACTS } from "./limits.js";
import type { BrevoClient } from "./client.js";

/** Most entries of a page of lists or folders. Source: https://developers.brevo.com/reference/get-lists */
const PAGE = 50;
const MOST_PAGES = 2000;

/**
 * Every entry of a small collection such as lists or folders; oldest first, so
 * that new ones do not shift pages. Read until there are as many as Brevo
 * counts, or to the first empty page where it does not: a server may give fewer
 * than were asked for.
 */
export async function readEveryPage<T extends { readonly id: number }>(
  client: BrevoClient,
  path: string,
  member: string,
  entry: Shape<T>,
  signal: AbortSignal,
): Promise<readonly T[]> {
  const shape = object({ [member]: maybe(listOf(entry)) });
  const counted = object({ count: maybe(amount) });
  const all = new Map<number, T>();
  const guard = new PageGuard("What Brevo's account holds", MOST_PAGES);
  for (let offset = 0; ;) {
    const query = { limit: PAGE, offset, sort: "asc" };
    const response = await client.http.send(
      { method: "GET", path, query, bucket: CONTACTS, kind: "read" },
      signal,
    );
    const page = parseBody(response, path, shape)[member];
    const { count } = parseBody(response, path, counted);
    // Where there is nothing, the list of it may be left out.
    if (!Array.isArray(page) && count !== 0) throw response.odd(`no ${member}`);
    const entries = page ?? [];
    guard.turn(entries.map(({ id }) => id).join());
    for (const one of entries) all.set(one.id, one);
    offset += entries.length;
    const enough = count !== undefined && count !== null && all.size >= count && entries.length < PAGE;
    if (enough) return [...all.values()];
    if (entries.length > 0) continue;
    if (all.size >= (count ?? 0)) return [...all.values()];
    throw new Failure(
      "transient",
      `${response.request} gave ${all.size} of the ${count} that Brevo counts.`,
      {
        hint: "Run again: they may have changed while they were read.",
      },
    );
  }
}
