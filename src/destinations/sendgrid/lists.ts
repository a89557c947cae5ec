import { mustBeListName } from "../../plugin/list-name.js";
import { Failure } from "../../model/failure.js";
import type { ListInfo } from "../../plugin/destination.js";
import { PageGuard } from "../../platform/http/page-guard.js";
import type { HttpResponse } from "../../platform/http/http-response.js";
import { parseBody, parseErrorEntries } from "./answers.js";
import { checkedListId } from "./codec/codec.js";
import { manifest } from "./manifest.js";
import type { SendgridClient } from "./client.js";
import { LIST, LIST_PAGE, type ListObject, type ListPage } from "./types.js";

const PAGE = 1000;
const MOST_PAGES = 1000;

export async function readLists({ http }: SendgridClient, signal: AbortSignal): Promise<ListInfo[]> {
  const found: ListInfo[] = [];
  const seen = new Set<string>();
  const guard = new PageGuard("SendGrid's lists", MOST_PAGES);
  for (let token: string | undefined; ;) {
    const query = { page_size: PAGE, page_token: token };
    const response = await http.send(
      { method: "GET", path: "/v3/marketing/lists", query, bucket: "lists", kind: "read" },
      signal,
    );
    const page = parseBody(response, "The lists of the SendGrid account", LIST_PAGE);
    guard.turn(page.result.map(({ id }) => id).join());
    found.push(...page.result.map(toInfo));
    token = nextToken(page, response);
    if (token === undefined) {
      mustBeAll(page, found.length, response);
      return found;
    }
    if (seen.has(token)) {
      throw new Failure("permanent", "SendGrid's lists cannot be paged: the same page came twice.");
    }
    seen.add(token);
  }
}

function nextToken({ _metadata }: ListPage, response: HttpResponse): string | undefined {
  const next = _metadata?.next;
  if (next === undefined || next === null || next === "") return undefined;
  const token = URL.canParse(next) ? new URL(next).searchParams.get("page_token") : null;
  if (token === null) throw response.odd("a next page that cannot be asked for");
  return token;
}

function mustBeAll({ result, _metadata }: ListPage, received: number, { request }: HttpResponse): void {
  const count = _metadata?.count;
  // Without a count only a page that is not full shows that it was the last.
  const all = count === undefined || count === null ? result.length < PAGE : received >= count;
  if (all) return;
  throw new Failure("transient", `${request} gave ${received} lists, and SendGrid has more.`, {
    hint: "Run again: they may have changed while they were read.",
  });
}

/** Undefined only when SendGrid itself says 404: a web server's page at a wrong base URL does not count. */
export async function findList(
  { http }: SendgridClient,
  id: string,
  signal: AbortSignal,
): Promise<ListInfo | undefined> {
  const response = await http.send(
    { method: "GET", path: `/v3/marketing/lists/${checkedListId(id)}`, bucket: "lists", kind: "read" },
    signal,
  );
  if (response.status === 404 && (response.text.trim() === "" || parseErrorEntries(response).length > 0)) {
    return undefined;
  }
  if (response.status === 404) throw response.odd("404 and something that is not SendGrid's");
  const found = parseBody(response, "The list", LIST);
  if (found.id.toLowerCase() !== id.toLowerCase())
    throw response.odd("another list than the one that was asked for");
  return toInfo(found);
}

export async function createList(
  { http }: SendgridClient,
  spec: { readonly name: string; readonly folder: string | undefined },
  signal: AbortSignal,
): Promise<ListInfo> {
  mustBeListName(manifest, spec);
  const response = await http.send(
    {
      method: "POST",
      path: "/v3/marketing/lists",
      body: JSON.stringify({ name: spec.name }),
      bucket: "lists",
      kind: "write",
    },
    signal,
  );
  if (
    response.status === 400 &&
    parseErrorEntries(response).some(({ message }) => /exist|unique|duplicate/i.test(message))
  ) {
    throw new Failure("conflict", `SendGrid already has a list named ${spec.name}.`, {
      hint: "Refer to the list by its id, or choose another name.",
    });
  }
  return toInfo(parseBody(response, "Creating a list", LIST));
}

function toInfo({ id, name, contact_count }: ListObject): ListInfo {
  return { id, name, size: contact_count ?? undefined };
}
