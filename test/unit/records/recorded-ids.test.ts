import { expect, it } from "vitest";
import type { ExportState } from "../../../src/state/root/root.js";
import { formerIdsOf } from "../../../src/records/recorded-ids.js";

const applied = (person: string | undefined, formerIds?: string[], version = 1): ExportState => ({
  generation: 1,
  definition: { text: "", digest: "", compiled: { version, ...(person === undefined ? {} : { person }) } },
  list: { accountId: "brevo:1", listId: "1" },
  ...(formerIds === undefined ? {} : { formerIds }),
});

it.each([
  ["a new export", undefined, "id", []],
  ["the same as ever", applied("id"), "id", []],
  ["another one", applied("id"), "sid", ["id"]],
  ["none any more", applied("id"), undefined, ["id"]],
  ["one after none", applied(undefined, ["id"]), "sid", ["id"]],
  ["that of before", applied("sid", ["id"]), "id", ["sid"]],
  ["the same since, after two others", applied("sid", ["id", "nr"]), "sid", ["id", "nr"]],
  ["a third one", applied("sid", ["id"]), "nr", ["sid", "id"]],
  ["one of an unknown form", applied("id", ["nr"], 2), "sid", ["nr"]],
])("of %s", (_, state, person, expected) => {
  expect(formerIdsOf(state, { person })).toEqual(expected);
});
