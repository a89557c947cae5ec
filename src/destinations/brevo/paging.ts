import { PageGuard } from "../../platform/page-guard.js";
import { body } from "./answers.js";
import { CONTACTS } from "./limits.js";
import type { Session } from "./session.js";

/** Most entries of a page of lists or folders. Source: https://developers.brevo.com/reference/get-lists */
const PAGE = 50;
const MOST_PAGES = 2000;

/** Every entry of a small collection such as lists or folders; oldest first, so that new ones do not shift pages. */
export async function everyPage<T extends { id: number }>(
  session: Session,
  path: string,
  member: string,
  signal: AbortSignal,
): Promise<readonly T[]> {
  const all = new Map<number, T>();
  const guard = new PageGuard("What Brevo's account holds", MOST_PAGES);
  for (let offset = 0; ; offset += PAGE) {
    const query = { limit: PAGE, offset, sort: "asc" };
    const response = await session.http.send(
      { method: "GET", path, query, bucket: CONTACTS, kind: "read" },
      signal,
    );
    const page = body<Record<string, readonly T[] | undefined>>(response, path)[member] ?? [];
    guard.turn(page.map(({ id }) => id).join());
    for (const entry of page) all.set(entry.id, entry);
    if (page.length < PAGE) return [...all.values()];
  }
}
