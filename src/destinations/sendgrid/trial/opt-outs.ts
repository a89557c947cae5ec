import { listOf, maybe, object, text } from "../../../platform/http/shape.js";
import { finding, untried } from "../../../plugin/finding.js";
import type { TrialStep } from "../../../plugin/trial.js";
import { parseBody } from "../answers.js";
import type { SendgridClient } from "../client.js";
import { SUPPRESSED } from "../types.js";
import { TrialApi } from "./api.js";

const UNSUBSCRIBED = listOf(object({ email: text, created: maybe((): undefined => undefined) }));
const BELIEFS = ["unsubscribes-are-suppressions", "unsubscribing-keeps-lists", "upsert-keeps-unsubscribe"];

/** What the account says of the second address once a person has unsubscribed it from everything. */
export function readUnsubscribed(client: SendgridClient): TrialStep {
  return {
    does: "reads the suppressions and the second address, upserts it onto the list, and reads them again",
    beliefs: BELIEFS,
    async run({ listId, addresses: [, second], startedAt }, signal) {
      const api = new TrialApi(client, signal);
      const query = { start_time: Math.floor(Date.parse(startedAt) / 1000), limit: 500 };
      const page = parseBody(
        await api.get("suppressions", "/v3/suppression/unsubscribes", query),
        "The unsubscribes",
        UNSUBSCRIBED,
      );
      const listed = page.some(({ email }) => email.toLowerCase() === second);
      const before = await isSuppressed(api, second);
      if (!listed && !before)
        return BELIEFS.map((belief) => untried(belief, "nothing says that the address unsubscribed"));
      const contact = await api.contact(second);
      const on = contact?.list_ids.includes(listId) === true;
      const found = [
        finding(
          BELIEFS[0] ?? "",
          listed && before,
          `${listed ? "" : "not "}in the list of unsubscribes, ${before ? "" : "not "}suppressed when asked for`,
        ),
        finding(BELIEFS[1] ?? "", on, on ? "still on the list" : "not on the list any more"),
      ];
      await api.upsertToTheEnd([{ email: second, last_name: "again" }], [listId]);
      await api.contactOnce(second, ({ last_name: name }) => name === "again");
      const after = await isSuppressed(api, second);
      return [
        ...found,
        finding(BELIEFS[2] ?? "", after, after ? "still suppressed" : "not suppressed any more"),
      ];
    },
  };
}

/** Whether the address is among the global suppressions. */
export async function isSuppressed(api: TrialApi, address: string): Promise<boolean> {
  const path = `/v3/asm/suppressions/global/${encodeURIComponent(address)}`;
  const { recipient_email: email } = parseBody(
    await api.get("suppressions", path),
    "A suppression",
    SUPPRESSED,
  );
  return email?.toLowerCase() === address;
}
