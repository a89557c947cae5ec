import { Failure } from "../../../model/failure.js";
import { finding } from "../../../plugin/finding.js";
import { isFilled } from "../read/contact-shape.js";
import type { TrialStep, TrialSubject } from "../../../plugin/trial.js";
import { parseBody, parseErrorBody } from "../answers.js";
import { CONTACTS_PAGE } from "../read/contact-shape.js";
import type { BrevoClient } from "../client.js";
import { TrialApi } from "./api.js";
import { createAttributes, scratchAttributes, type ScratchAttributes } from "./scratch.js";

type Row = Partial<Record<keyof ScratchAttributes, unknown>>;

/** A trial's attributes of one contact, by what they are for. */
async function valuesOf(api: TrialApi, subject: TrialSubject, address: string): Promise<Row> {
  const contact = await api.contact(address);
  if (contact === undefined)
    throw new Failure("permanent", "A contact of the trial is not there.", {
      hint: "What was imported before did not arrive.",
    });
  const found = contact.attributes;
  const names = Object.entries(scratchAttributes(subject));
  return Object.fromEntries(names.map(([kind, name]) => [kind, found[name]]));
}

function named(subject: TrialSubject, row: Row): Record<string, unknown> {
  const names = scratchAttributes(subject);
  return Object.fromEntries(
    Object.entries(row).map(([kind, value]) => [names[kind as keyof ScratchAttributes], value]),
  );
}

function jsonRow(subject: TrialSubject, email: string, row: Row): object {
  return { email, attributes: named(subject, row) };
}

/** Brevo answers with the option's value or with its label. */
const ALPHA: readonly unknown[] = [1, "1", "Alpha"];
const BETA: readonly unknown[] = [2, "2", "Beta"];

const isDay = (value: unknown, day: string): boolean => String(value).startsWith(day);
const seen = (value: unknown): string => (isFilled(value) ? JSON.stringify(value) : "nothing");

export function fillByImport(client: BrevoClient): TrialStep {
  return {
    does: "creates five attributes, and imports both addresses into the list with all of them filled",
    beliefs: ["count-is-current", "nobody-is-refused"],
    async run(subject, signal) {
      const api = new TrialApi(client, signal);
      await createAttributes(api, subject);
      const full = { text: "before", number: 1, date: "2001-04-03", flag: true, choice: "Alpha" };
      const jsonBody = subject.addresses.map((address) => jsonRow(subject, address, full));
      await api.import(subject.listId, { jsonBody });
      const page = await api.get(`/contacts/lists/${subject.listId}/contacts`, { limit: 50 });
      const { count, contacts } = parseBody(page, "The list of the trial", CONTACTS_PAGE);
      const nobody = await api.write("POST", "/contacts/import", {
        listIds: [Number(subject.listId)],
        jsonBody: [{ email: "nonsense", attributes: {} }],
      });
      return [
        finding(
          "count-is-current",
          count === contacts.length && count === 2,
          `a count of ${count} beside ${contacts.length} contacts, of 2`,
        ),
        finding(
          "nobody-is-refused",
          nobody.status === 400,
          `${nobody.status} ${parseErrorBody(nobody).code}`.trim(),
        ),
      ];
    },
  };
}

export function changeByImport(client: BrevoClient): TrialStep {
  return {
    does: "imports the first address with an empty value, null, false, and a word for a number",
    beliefs: [
      "empty-flag-clears-only-empty",
      "null-clears-only-with-flag",
      "import-stores-false",
      "wrong-type-keeps-row",
    ],
    async run(subject, signal) {
      const api = new TrialApi(client, signal);
      const [first] = subject.addresses;
      const send = async (row: Row, flags: object = {}): Promise<Row> => {
        await api.import(subject.listId, { ...flags, jsonBody: [jsonRow(subject, first, row)] });
        return valuesOf(api, subject, first);
      };
      const odd = await send({ number: null, flag: false });
      await api.put(first, { attributes: named(subject, { number: 1 }) });
      const wrong = await send({ number: "many", text: "after" });
      const emptied = await send({ text: "" }, { emptyContactsAttributes: true });
      const kept = isFilled(emptied.number) && isFilled(emptied.date) && isFilled(emptied.choice);
      return [
        finding("null-clears-only-with-flag", isFilled(odd.number), `${seen(odd.number)} after null`),
        finding("import-stores-false", odd.flag === false, `${seen(odd.flag)} after false`),
        finding(
          "wrong-type-keeps-row",
          wrong.text === "after",
          `${seen(wrong.text)} in the attribute beside it`,
        ),
        finding(
          "empty-flag-clears-only-empty",
          kept && !isFilled(emptied.text),
          `${isFilled(emptied.text) ? "the empty one kept" : "the empty one cleared"}, ${kept ? "the others kept" : "others cleared as well"}`,
        ),
      ];
    },
  };
}

export function importCsv(client: BrevoClient): TrialStep {
  return {
    does: "imports both addresses as CSV, with dates in both orders and a category by its label",
    beliefs: ["csv-dates-day-first", "csv-takes-year-first", "import-takes-labels"],
    async run(subject, signal) {
      const api = new TrialApi(client, signal);
      const [first, second] = subject.addresses;
      const before = await valuesOf(api, subject, second);
      const { date, choice } = scratchAttributes(subject);
      const lines = [`EMAIL;${date};${choice}`, `${first};05-06-2003;Beta`, `${second};2004-07-08;Beta`];
      await api.import(subject.listId, { fileBody: lines.join("\n") });
      const one = await valuesOf(api, subject, first);
      const other = await valuesOf(api, subject, second);
      const labels = ALPHA.includes(before.choice) && BETA.includes(one.choice);
      return [
        finding(
          "csv-dates-day-first",
          isDay(before.date, "2001-04-03") && isDay(one.date, "2003-06-05"),
          `${seen(before.date)} from 2001-04-03 in JSON, ${seen(one.date)} from 05-06-2003 in CSV`,
        ),
        finding(
          "csv-takes-year-first",
          isDay(other.date, "2004-07-08"),
          `${seen(other.date)} from 2004-07-08`,
        ),
        finding(
          "import-takes-labels",
          labels,
          `${seen(before.choice)} from Alpha in JSON, ${seen(one.choice)} from Beta in CSV`,
        ),
      ];
    },
  };
}

export function changeSingly(client: BrevoClient): TrialStep {
  return {
    does: "changes the second address by single requests: a category by its label and its value, a wrong date, and everything empty",
    beliefs: ["put-takes-labels", "put-refuses-wrong-dates", "put-clears-with-empty"],
    async run(subject, signal) {
      const api = new TrialApi(client, signal);
      const [, second] = subject.addresses;
      const put = async (row: Row): Promise<{ status: number; values: Row }> => {
        const { status } = await api.put(second, { attributes: named(subject, row) });
        return { status, values: await valuesOf(api, subject, second) };
      };
      const byValue = await put({ choice: "1" });
      const byLabel = await put({ choice: "Beta" });
      const wrong = await put({ date: "someday" });
      await put({ text: "x", number: 1, date: "2001-04-03", choice: "1" });
      const { values } = await put({ text: "", number: "", date: "", choice: "" });
      const left = (["text", "number", "date", "choice"] as const).filter((kind) => isFilled(values[kind]));
      return [
        finding(
          "put-takes-labels",
          BETA.includes(byLabel.values.choice),
          `${byLabel.status} and ${seen(byLabel.values.choice)} by label; ${byValue.status} and ${seen(byValue.values.choice)} by value`,
        ),
        finding("put-refuses-wrong-dates", wrong.status === 400, `answered with ${wrong.status}`),
        finding(
          "put-clears-with-empty",
          left.length === 0,
          left.length === 0 ? "all four are empty" : `still filled: ${left.join(", ")}`,
        ),
      ];
    },
  };
}
