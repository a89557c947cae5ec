import { expect, it } from "vitest";
import type { ExportState, StateRoot } from "../../../../src/state/root/root.js";
import { emptyRoot } from "../../../../src/state/root/root.js";
import { beginRecord, type BegunExport } from "../../../../src/planner/transition/begun-record.js";
import { howBegun } from "../../../../src/records/how-begun.js";

const list = { accountId: "brevo:1", listId: "5" };
const lastRun = {
  id: "r",
  status: "succeeded",
  at: "2026-01-01T00:00:00Z",
  actor: "tester",
  counts: { added: 1, updated: 0, removed: 0, rejected: 0, unknown: 0 },
} as const;

function begun(person: string): BegunExport {
  return {
    wanted: { name: "weekly", protect: true },
    program: { version: 1, person },
    definition: { text: `id: ${person}`, digest: person },
    formerLists: ["4"],
  } as unknown as BegunExport;
}

function recorded(root: StateRoot): ExportState | undefined {
  return root.exports["weekly"];
}

it("an export is recorded when its first run begins, with what people are known by at each try until one ends well", () => {
  const root = emptyRoot();
  beginRecord(root, begun("a"), list);
  expect(recorded(root)).toEqual({
    generation: 1,
    definition: { text: "id: a", digest: "a", compiled: { version: 1, person: "a" } },
    list,
    moving: true,
    formerLists: ["4"],
    protect: true,
  });
  beginRecord(root, begun("b"), list);
  beginRecord(root, begun("c"), list);
  expect(recorded(root)).toMatchObject({ generation: 1, definition: { digest: "c" }, formerIds: ["b", "a"] });
});

it("the record of an applied export is left alone", () => {
  const root = emptyRoot();
  beginRecord(root, begun("a"), list);
  const applied: ExportState = { ...(recorded(root) as ExportState), lastRun };
  root.exports["weekly"] = applied;
  beginRecord(root, begun("b"), list);
  expect(recorded(root)).toBe(applied);
});

it("the record says how people came to be on the list", () => {
  const root = emptyRoot();
  beginRecord(root, begun("a"), list);
  const cutOff = recorded(root) as ExportState;
  expect(howBegun([cutOff], root)).toBe("applied in part");
  expect(howBegun([cutOff, { ...cutOff, lastRun }], root)).toBe("applied");
  const observed = { listId: "5", at: lastRun.at, actor: "tester", people: 1 };
  const account = { type: "brevo", epoch: 1, ledger: { deltas: [], rows: 0 }, spent: {} } as const;
  const withOne = (operation: "adopt" | "drift"): StateRoot => ({
    ...root,
    accounts: {
      "brevo:1": {
        ...account,
        ledger: { deltas: [], rows: 0 },
        observations: { weekly: { ...observed, operation } },
      },
    },
  });
  expect(howBegun([cutOff], withOne("drift"))).toBe("applied in part");
  expect(howBegun([cutOff], withOne("adopt"))).toBe("adopted");
});
