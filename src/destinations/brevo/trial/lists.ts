import { finding } from "../../../plugin/finding.js";
import type { TrialStep } from "../../../plugin/trial.js";
import { number, object } from "../../../platform/http/shape.js";
import { parseBody, parseErrorBody } from "../answers.js";
import type { BrevoClient } from "../client.js";
import { mustSucceed, TrialApi } from "./api.js";
import { scratchListName } from "./scratch.js";

const IN_FOLDER = object({ folderId: number });

export function repeatListName(client: BrevoClient): TrialStep {
  return {
    does: "creates two lists of one name beside the scratch list",
    beliefs: ["list-names-may-repeat"],
    async run(subject, signal) {
      const api = new TrialApi(client, signal);
      const { folderId } = parseBody(
        await api.get(`/contacts/lists/${subject.listId}`),
        "The scratch list",
        IN_FOLDER,
      );
      const content = { name: scratchListName(subject), folderId };
      mustSucceed(await api.write("POST", "/contacts/lists", content), "Creating a list for the trial");
      const again = await api.write("POST", "/contacts/lists", content);
      return [
        finding(
          "list-names-may-repeat",
          again.status < 300,
          `${again.status} ${parseErrorBody(again).code}`.trim(),
        ),
      ];
    },
  };
}
