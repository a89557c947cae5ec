import { expect, test } from "vitest";
import { emptyRoot, parseRoot, serialiseRoot, type StateRoot } from "../../../../src/state/root/root.ts";

const blob = { name: `ledger/${"a".repeat(64)}`, sha256: "a".repeat(64), bytes: 3 };
const full: StateRoot = {
  ...emptyRoot(),
  serial: 3,
  exports: {
    "Weekly ü": {
      generation: 2,
      definition: { text: "a: 1\n", digest: "d", compiled: { any: [1, null, { x: true }] } },
      list: { accountId: "brevo:42", listId: "12", name: "Customers" },
      lastRun: {
        id: "r1",
        status: "partly",
        at: "2026-11-22T10:00:00.000Z",
        actor: "anna@host",
        counts: { added: 1, updated: 2, removed: 3, rejected: 4, unknown: 5 },
      },
    },
  },
  accounts: {
    "brevo:42": {
      type: "brevo",
      epoch: 1,
      ledger: { base: { blob, rows: 1 }, deltas: [{ blob, rows: 2 }], rows: 3 },
      optOuts: { blob, watermark: "2026", readAt: "2026-11-22T10:00:00Z" },
      openRun: {
        runId: "r2",
        changeSet: blob,
        startedAt: "2026-11-22T10:00:00Z",
        actor: "ci",
        exports: ["Weekly ü"],
      },
      spent: { status: [1, 2] },
    },
  },
};

test("a root with everything in it comes back the same", () => {
  expect(parseRoot(serialiseRoot(full), "memory")).toEqual(full);
});

test.each([
  ["not JSON", Buffer.from("{"), "damaged: its root document is not JSON"],
  ["not text", Buffer.from([0xff, 0xfe]), "damaged: its root document is not JSON"],
  ["empty", Buffer.alloc(0), "damaged: its root document is not JSON"],
  ["null", Buffer.from("null"), "damaged: the document must be object"],
  ["a truncated copy", serialiseRoot(full).subarray(0, 300), "damaged"],
  ["another shape", Buffer.from('{"formatVersion":1}'), "must have required property 'lineage'"],
  ["a path out of the store", Buffer.from(JSON.stringify(full).replace(blob.name, "../../x")), "/blob/name"],
])("%s is refused with the way out", (_, bytes, message) => {
  const parse = () => parseRoot(bytes, "folder .rollcall");
  expect(parse).toThrow(message);
  expect(parse).toThrow(
    expect.objectContaining({ kind: "invalid", hint: expect.stringContaining("backup") }),
  );
});

test("a newer format is refused as such, not as damage", () => {
  const bytes = Buffer.from(JSON.stringify({ ...full, formatVersion: 2, news: true }));
  expect(() => parseRoot(bytes, "memory")).toThrow(
    "written by a newer rollcall (state format 2, this one knows 1)",
  );
});
