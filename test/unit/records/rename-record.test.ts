import { expect, test } from "vitest";
import type { AccountState, StateRoot } from "../../../src/state/root/root.ts";
import { dropRecord, renameRecord, uniteRecords } from "../../../src/records/rename-record.ts";

const told = { told: {} };
const record = (name: string) => ({
  generation: 1,
  definition: { text: "", digest: "", compiled: {} },
  list: { accountId: "brevo:1", listId: name },
  formerIds: [name],
});
const account = (): AccountState => ({
  type: "brevo",
  epoch: 1,
  ledger: { deltas: [], rows: 0 },
  spent: {},
  observations: { weekly: { operation: "adopt", listId: "1", at: "", actor: "a", people: 1 } },
});
const root = (): StateRoot => ({
  formatVersion: 1,
  lineage: "",
  serial: 1,
  exports: { weekly: record("1"), biweekly: record("2") },
  accounts: {},
  activity: { weekly: { succeededAt: "then" } },
  notices: { apply: told, "apply:weekly": told, "drift:weekly": told, "apply:biweekly": told },
});

test("all that the root says of an export takes its new name, and nothing of another", () => {
  const [state, entry] = [root(), account()];
  renameRecord(state, entry, "weekly", "news");
  expect(state.exports).toMatchObject({ news: { generation: 2, formerNames: ["weekly"], formerIds: ["1"] } });
  expect(Object.keys(state.exports).sort()).toEqual(["biweekly", "news"]);
  expect(state.activity).toEqual({ news: { succeededAt: "then" } });
  expect(Object.keys(state.notices ?? {})).toEqual(["apply", "apply:news", "drift:news", "apply:biweekly"]);
  expect(Object.keys(entry.observations ?? {})).toEqual(["news"]);
});

test("all that the root says of an export goes with it, and nothing of another", () => {
  const [state, entry] = [root(), account()];
  dropRecord(state, entry, "weekly");
  expect([Object.keys(state.exports), state.activity]).toEqual([["biweekly"], {}]);
  expect(Object.keys(state.notices ?? {})).toEqual(["apply", "apply:biweekly"]);
  expect(entry.observations).toEqual({});
});

test("of two records that become one nothing is lost by which people may be known", () => {
  const [state, entry] = [root(), account()];
  state.exports["weekly"] = {
    ...record("1"),
    definition: { text: "", digest: "", compiled: { version: 1, person: "sid" } },
    formerIds: ["nr", "2"],
    formerNames: ["news", "biweekly"],
    formerLists: ["9"],
    protect: true,
  };
  uniteRecords(state, entry, "weekly", "biweekly");
  expect(state.exports).toEqual({
    biweekly: {
      ...record("2"),
      generation: 2,
      formerIds: ["2", "sid", "nr"],
      formerNames: ["news", "weekly"],
      formerLists: ["9"],
      protect: true,
    },
  });
});
