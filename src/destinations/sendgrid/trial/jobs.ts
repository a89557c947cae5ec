import { randomUUID } from "node:crypto";
import { wait } from "../../../platform/wait.js";
import { finding, untried } from "../../../plugin/finding.js";
import type { TrialStep } from "../../../plugin/trial.js";
import { filledText, object } from "../../../platform/http/shape.js";
import { parseBody } from "../answers.js";
import { readImportState } from "../write/jobs.js";
import type { SendgridClient } from "../client.js";
import { NEW_JOB } from "../types.js";
import { TrialApi } from "./api.js";
import { exportList } from "./reads.js";
import { createFields, scratchListName } from "./scratch.js";

const LISTS = "/v3/marketing/lists";
const CREATED = object({ id: filledText });

/** Creates the fields and both contacts, and looks how their job ends. */
export function addContacts(client: SendgridClient): TrialStep {
  return {
    does: "creates three custom fields, and upserts both addresses onto the list with all of them filled",
    beliefs: ["new-field-at-once", "job-ends-with-its-effect", "exports-are-plain"],
    async run({ listId, addresses, ...subject }, signal) {
      const api = new TrialApi(client, signal);
      const fields = await createFields(api, { listId, addresses, ...subject });
      const custom_fields = { [fields.text]: "before", [fields.number]: 1, [fields.date]: "2001-04-03" };
      const people = addresses.map((email) => ({
        email,
        first_name: "before",
        last_name: "before",
        custom_fields,
      }));
      const atOnce = await api.upsert(people, [listId]);
      let answer = atOnce;
      if (atOnce.status === 400)
        answer = await api.eventually(
          async () => {
            await wait(client.newFieldSeconds * 1000, signal);
            return api.upsert(people, [listId]);
          },
          ({ status }) => status !== 400,
        );
      const { job_id: job } = parseBody(answer, "An upsert of the trial", NEW_JOB);
      const found = await api.contactOnce(addresses[1], ({ list_ids: ids }) => ids.includes(listId));
      const state = await readImportState(client, job, signal);
      await api.jobEnd(job);
      const { urls } = await api.eventually(
        () => exportList(api, listId),
        ({ contact_count: count }) => count !== 0,
      );
      return [
        finding("new-field-at-once", atOnce.status < 300, `answered with ${atOnce.status}`),
        found === undefined
          ? untried("job-ends-with-its-effect", "the contacts did not appear")
          : finding(
              "job-ends-with-its-effect",
              state?.status !== "pending",
              `the contact is there, the job ${state?.status ?? "unknown"}`,
            ),
        packed(urls ?? []),
      ];
    },
  };
}

function packed(urls: readonly string[]): ReturnType<typeof finding> {
  const [url] = urls;
  if (url === undefined) return untried("exports-are-plain", "the export has no file");
  const isPacked = /\.gz(ip)?$/i.test(new URL(url).pathname);
  return finding(
    "exports-are-plain",
    !isPacked,
    isPacked ? "the file's name ends with gzip" : "the file's name says nothing of gzip",
  );
}

export function removeFromList(client: SendgridClient): TrialStep {
  return {
    does: "takes the second address off the list, and asks for the job",
    beliefs: ["removal-job-is-known"],
    async run({ listId, addresses: [, second] }, signal) {
      const api = new TrialApi(client, signal);
      const contact = await api.contactOnce(second, () => true);
      if (contact === undefined) return [untried("removal-job-is-known", "the contact is not there")];
      const state = await api.jobEnd(await api.takeOff(listId, contact.id));
      return [
        finding(
          "removal-job-is-known",
          state !== undefined,
          state === undefined ? "404" : `it is ${state.status}`,
        ),
      ];
    },
  };
}

export function nameLists(client: SendgridClient): TrialStep {
  return {
    does: "creates two lists of one name, and upserts the first address onto a list that is not there",
    beliefs: ["list-names-may-repeat", "unknown-list-is-refused"],
    async run({ addresses: [first], ...subject }, signal) {
      const api = new TrialApi(client, signal);
      const content = { name: scratchListName(subject) };
      parseBody(await api.write("lists", "POST", LISTS, content), "Creating a list for the trial", CREATED);
      const again = await api.write("lists", "POST", LISTS, content);
      const nowhere = await api.upsert([{ email: first, first_name: "before" }], [randomUUID()]);
      return [
        finding("list-names-may-repeat", again.status < 300, `answered with ${again.status}`),
        finding("unknown-list-is-refused", nowhere.status >= 400, `answered with ${nowhere.status}`),
      ];
    },
  };
}
