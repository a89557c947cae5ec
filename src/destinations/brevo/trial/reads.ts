import type { Finding } from "../../../model/connections/belief.js";
import { listOf, maybe, object, text } from "../../../platform/http/shape.js";
import { finding, untried } from "../../../plugin/finding.js";
import type { TrialStep } from "../../../plugin/trial.js";
import { readAccount } from "../account.js";
import { parseBody } from "../answers.js";
import { isConsentEvidence } from "../bind.js";
import { parseReset } from "../limits.js";
import type { BrevoClient } from "../client.js";
import { TrialApi } from "./api.js";

const NAMES = object({ attributes: maybe(listOf(object({ name: text }))) });

/** What answers look like; changes nothing. */
export function tryAccount(client: BrevoClient): TrialStep {
  return {
    does: "reads the account and its attributes",
    beliefs: ["account-id", "line-feed-at-the-end", "ten-a-second", "consent-evidence"],
    async run(_subject, signal) {
      const { id } = await readAccount(client, signal);
      const api = new TrialApi(client, signal);
      const answer = await api.get("/contacts/attributes");
      const { attributes } = parseBody(answer, "The attributes", NAMES);
      return [
        finding("account-id", true, `organization_id of ${id.length} characters`),
        finding(
          "line-feed-at-the-end",
          answer.text.endsWith("\n"),
          answer.text.endsWith("\n") ? "a line feed after the JSON" : "nothing after the JSON",
        ),
        limitOf(parseReset(answer.headers)?.limit),
        evidenceAmong((attributes ?? []).map(({ name }) => name)),
      ];
    },
  };
}

function limitOf(limit: number | undefined): Finding {
  if (limit === undefined) return untried("ten-a-second", "the answer has no header with a limit");
  return finding("ten-a-second", limit === 10, `a limit of ${limit}`);
}

/** That they are there is all that a request can tell. */
function evidenceAmong(names: readonly string[]): Finding {
  const there = names.filter(isConsentEvidence);
  if (there.length === 0) return untried("consent-evidence", "the account has no such attribute");
  return untried("consent-evidence", `the account has ${there.join(", ")}`);
}
