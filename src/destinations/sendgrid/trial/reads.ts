import type { Finding } from "../../../model/connections/belief.js";
import { amount, filledText, listOf, maybe, object, text } from "../../../platform/http/shape.js";
import { finding, untried } from "../../../plugin/finding.js";
import type { TrialStep } from "../../../plugin/trial.js";
import { parseBody } from "../answers.js";
import type { SendgridClient } from "../client.js";
import { FIELD_DEFINITIONS } from "../types.js";
import { CONTACTS, TrialApi } from "./api.js";

const USER = object({
  user_id: (value) => (value === undefined ? { path: "", trouble: "is missing" } : undefined),
});
const NEW_EXPORT = object({ id: filledText });
const EXPORT = object({ status: text, urls: maybe(listOf(text)), contact_count: maybe(amount) });

/** Longer than a minute, and far below any time of day. */
const LONGEST_RESET_SECONDS = 3600;

/** What answers look like; changes nothing. */
export function tryAccount(client: SendgridClient): TrialStep {
  return {
    does: "reads the account, its fields, and who is on the list",
    beliefs: [
      "user-id-is-a-number",
      "memberships-are-listed",
      "custom-fields-are-listed",
      "reset-is-seconds",
      "export-counts-nobody",
    ],
    async run({ listId }, signal) {
      const api = new TrialApi(client, signal);
      const answer = await api.get("fields", "/v3/marketing/field_definitions");
      const { custom_fields: custom, reserved_fields: reserved } = parseBody(
        answer,
        "The fields",
        FIELD_DEFINITIONS,
      );
      const listed = ["list_ids", "segment_ids"].filter((name) =>
        reserved.some((field) => field.name === name),
      );
      const { contact_count: count } = await exportList(api, listId);
      return [
        userId(await api.get("account", "/v3/user/username")),
        finding(
          "memberships-are-listed",
          listed.length === 2,
          listed.length === 0 ? "neither is listed" : `${listed.join(" and ")} listed`,
        ),
        customFields(custom),
        reset(answer.headers["x-ratelimit-reset"]),
        finding(
          "export-counts-nobody",
          count === 0,
          count === undefined || count === null ? "no contact_count" : `a contact_count of ${count}`,
        ),
      ];
    },
  };
}

/** The export of a list once it is ready. */
export async function exportList(
  api: TrialApi,
  listId: string,
): Promise<{
  readonly urls?: readonly string[] | null | undefined;
  readonly contact_count?: number | null | undefined;
}> {
  const order = { list_ids: [listId], file_type: "json", notifications: { email: false } };
  const { id } = parseBody(
    await api.write("exports", "POST", `${CONTACTS}/exports`, order),
    "An export of the trial",
    NEW_EXPORT,
  );
  return api.eventually(
    async () =>
      parseBody(
        await api.get("exports", `${CONTACTS}/exports/${encodeURIComponent(id)}`),
        "An export of the trial",
        EXPORT,
      ),
    ({ status }) => status !== "pending",
  );
}

function userId(answer: Awaited<ReturnType<TrialApi["get"]>>): Finding {
  if (answer.status >= 300) return untried("user-id-is-a-number", `the key may not ask (${answer.status})`);
  const { user_id: id } = parseBody(answer, "The account", USER) as { user_id: unknown };
  return finding(
    "user-id-is-a-number",
    typeof id === "number",
    `it is ${typeof id === "number" ? "a number" : "text"}`,
  );
}

function customFields(custom: readonly unknown[] | null | undefined): Finding {
  if (custom !== undefined && custom !== null && custom.length > 0)
    return untried("custom-fields-are-listed", "the account has some, and lists them");
  const there = Array.isArray(custom);
  return finding("custom-fields-are-listed", there, there ? "an empty list" : "no list");
}

function reset(header: string | undefined): Finding {
  if (header === undefined) return untried("reset-is-seconds", "the answer has no such header");
  return finding(
    "reset-is-seconds",
    Number(header) <= LONGEST_RESET_SECONDS,
    `a reset of ${/^\d+$/.test(header) ? `${header.length} digits` : "something else"}`,
  );
}
