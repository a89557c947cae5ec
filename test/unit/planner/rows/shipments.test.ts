import { expect, test } from "vitest";
import type { Codec, Route } from "../../../../src/plugin/codec.js";
import { shipmentsOf, type Sendable } from "../../../../src/planner/rows/shipments.js";
import type { ChangeCount } from "../../../../src/reconcile/change-set/change-set.js";

const codec: Pick<Codec, "route"> = {
  route: (operation, rows, group) =>
    ({ maxRows: rows, evidence: `${operation} ${group}` }) as unknown as Route,
};

const count = (
  action: ChangeCount["action"],
  rows: number,
  more: Partial<ChangeCount> = {},
): ChangeCount => ({
  action,
  cause: "churn",
  withdrawn: false,
  group: "",
  rows,
  bytes: 0,
  found: 0,
  strangers: 0,
  ...more,
});

const send = (name: string, ...counts: ChangeCount[]): Sendable => ({
  wanted: { name },
  codec,
  changeSet: { path: `${name}.parquet`, counts },
});

const told = (exports: readonly Sendable[], lists = new Map([["a", "1"]])): string[] =>
  shipmentsOf(exports, lists).map(
    ({ stage, exportName, operation, group }) => `${stage} ${exportName} ${operation}${group && ` ${group}`}`,
  );

test("withdrawals are sent before anything else and leavers last, over all exports", () => {
  const all = [
    count("remove", 1),
    count("update", 2),
    count("add", 3),
    count("remove", 4, { withdrawn: true }),
  ];
  expect(told([send("a", ...all), send("b", ...all)])).toEqual([
    "withdraw a remove",
    "withdraw b remove",
    "deliver a add",
    "deliver a update",
    "deliver b add",
    "deliver b update",
    "leave a remove",
    "leave b remove",
  ]);
});

test("an operation without people is left out, and so is one that is not sent", () => {
  expect(told([send("a", count("add", 0), count("left", 5), count("forget", 2))])).toEqual([]);
  expect(told([send("a")])).toEqual([]);
});

test("each group is a shipment of its own, on the route that all rows of the operation take", () => {
  const counts = [
    count("add", 2, { group: "n" }),
    count("add", 3),
    count("add", 4, { group: "n", cause: "config" }),
  ];
  expect(shipmentsOf([send("a", ...counts)], new Map([["a", "7"]]))).toEqual(
    ["n", ""].map((group) => ({
      exportName: "a",
      operation: "add",
      stage: "deliver",
      group,
      route: { maxRows: 9, evidence: `add ${group}` },
      listId: "7",
      changeSet: "a.parquet",
    })),
  );
});

test("a list that is not known yet is not named", () => {
  expect(shipmentsOf([send("b", count("add", 1))], new Map()).map(({ listId }) => listId)).toEqual([""]);
});
