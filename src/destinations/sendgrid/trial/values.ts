import type { Finding } from "../../../model/connections/belief.js";
import { Failure } from "../../../model/failure.js";
import { finding, untried } from "../../../plugin/finding.js";
import type { TrialStep, TrialSubject } from "../../../plugin/trial.js";
import type { SendgridClient } from "../client.js";
import { TrialApi, type TrialContact } from "./api.js";
import { deleteContacts, scratchFieldName, findScratchFields } from "./scratch.js";

const LOST = "the contact was not updated at all";

/** Each update changes the last name as well, which shows whether it was carried out. */
export function changeValues(client: SendgridClient): TrialStep {
  return {
    does: "updates the first address with null, with empty values, and with a date that is none",
    beliefs: [
      "null-is-refused-in-custom-fields",
      "null-leaves-reserved-fields",
      "empty-clears-numbers-and-dates",
      "wrong-type-is-told",
    ],
    async run(subject, signal) {
      const api = new TrialApi(client, signal);
      const [email] = subject.addresses;
      const { number, date } = await findScratchFields(api, subject);
      if ((await api.contactOnce(email, ({ first_name: name }) => name === "before")) === undefined)
        throw new Failure("permanent", "The first contact of the trial is not there.", {
          hint: "What was upserted before did not arrive; the account may be full.",
        });
      const nullCustom = await api.upsert([{ email, custom_fields: { [number]: null } }]);
      await api.upsertToTheEnd([{ email, first_name: null, last_name: "null" }]);
      const afterNull = await api.contactOnce(email, ({ last_name: name }) => name === "null");
      await api.upsertToTheEnd([{ email, last_name: "empty", custom_fields: { [number]: "", [date]: "" } }]);
      const afterEmpty = await api.contactOnce(email, ({ last_name: name }) => name === "empty");
      const wrong = await api.upsertToTheEnd([
        { email, last_name: "wrong", custom_fields: { [date]: "someday" } },
      ]);
      const errors = wrong?.results?.errored_count ?? 0;
      const told =
        errors > 0 || (wrong !== undefined && wrong.status !== "completed" && wrong.status !== "pending");
      return [
        finding(
          "null-is-refused-in-custom-fields",
          nullCustom.status === 400,
          `answered with ${nullCustom.status}`,
        ),
        reservedNull(afterNull),
        emptied(afterEmpty, subject),
        finding(
          "wrong-type-is-told",
          told,
          wrong === undefined ? "the job is not known" : `the job is ${wrong.status} with ${errors} errors`,
        ),
      ];
    },
  };
}

function reservedNull(contact: TrialContact | undefined): Finding {
  const belief = "null-leaves-reserved-fields";
  if (contact?.last_name !== "null") return finding(belief, false, LOST);
  const kept = contact.first_name === "before";
  return finding(belief, kept, kept ? "the value stayed" : "the value went");
}

function emptied(contact: TrialContact | undefined, subject: TrialSubject): Finding {
  const belief = "empty-clears-numbers-and-dates";
  if (contact?.last_name !== "empty") return finding(belief, false, LOST);
  const custom = contact.custom_fields ?? {};
  const left = (["number", "date"] as const).filter((kind) => {
    const value = custom[scratchFieldName(subject, kind)];
    return value !== undefined && value !== null && value !== "";
  });
  return finding(
    belief,
    left.length === 0,
    left.length === 0 ? "both are empty" : `still filled: ${left.join(", ")}`,
  );
}

/** Last, because it may make one contact of the two. */
export function shareIdentifier(client: SendgridClient): TrialStep {
  return {
    does: "gives the first address an external id, updates it without, and makes the second again with the same one",
    beliefs: ["one-identifier-is-enough", "identifiers-join"],
    async run({ addresses: [first, second], mark }, signal) {
      const api = new TrialApi(client, signal);
      const external_id = `rollcall-${mark}`;
      await api.upsertToTheEnd([{ email: first, external_id }]);
      const named = await api.contactOnce(first, (contact) => contact.external_id === external_id);
      if (named?.external_id !== external_id)
        return ["one-identifier-is-enough", "identifiers-join"].map((belief) =>
          untried(belief, "the external id was not stored"),
        );
      await api.upsertToTheEnd([{ email: first, last_name: "one" }]);
      const updated = await api.contactOnce(first, ({ last_name: name }) => name === "one");
      await deleteContacts(api, [second]);
      await api.upsertToTheEnd([{ email: second, external_id }]);
      await api.contactOnce(second, (contact) => contact.external_id === external_id);
      const other = await api.contact(second);
      return [
        finding(
          "one-identifier-is-enough",
          updated?.last_name === "one",
          updated?.last_name === "one" ? "the contact was updated" : LOST,
        ),
        other === undefined
          ? untried("identifiers-join", "the second address did not appear")
          : finding(
              "identifiers-join",
              other.id === named.id,
              other.id === named.id ? "they are one contact" : "they are two",
            ),
      ];
    },
  };
}
