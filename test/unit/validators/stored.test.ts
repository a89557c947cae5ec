import { expect, test } from "vitest";
import { validateApproval } from "../../../src/validators/approval.gen.js";
import { validateExpectation } from "../../../src/validators/expectation.gen.js";
import { validateManifest } from "../../../src/validators/manifest.gen.js";
import { validateSavedLabel } from "../../../src/validators/saved-label.gen.js";
import { validateTrial } from "../../../src/validators/trial.gen.js";

const statement = { kind: "rollcall-approval", formatVersion: 1, id: "x", digest: "d", approvedAt: "now" };
const approval = { statement, signature: "s" };
const sha256 = "a".repeat(64);
const part = { export: "weekly", listId: "12", rows: { name: `changesets/${sha256}`, sha256, bytes: 3 } };
const batch = { batch: 1, shipment: 0, from: 0, to: 9, rows: 10 };
const manifest = { formatVersion: 1, parts: [part], shipments: [], batches: [batch] };
const errored = {
  formatVersion: 1,
  kind: "errored",
  savedAt: "now",
  runId: "r",
  accounts: [],
  exports: ["w"],
};
const trial = {
  listId: "1",
  addresses: ["a@example.com", "b@example.com"],
  mark: "01234567",
  startedAt: "now",
};

test.each([
  ["an approval", validateApproval, approval],
  ["the bounds of an expectation", validateExpectation, [[5, 0.1], [["weekly", 1, 2, 3]]]],
  ["a manifest", validateManifest, manifest],
  ["the label of a backup", validateSavedLabel, { formatVersion: 1, kind: "backup", savedAt: "now" }],
  ["the label of what a run could not store", validateSavedLabel, errored],
  ["a trial", validateTrial, trial],
])("%s is accepted", (_, validate, value) => {
  expect(validate(value), JSON.stringify(validate.errors)).toBe(true);
});

test.each([
  ["an approval of another kind", validateApproval, { ...approval, statement: { ...statement, kind: "x" } }],
  ["an approval that says more", validateApproval, { ...approval, statement: { ...statement, more: 1 } }],
  ["an approval without a signature", validateApproval, { statement }],
  ["bounds with a count too many", validateExpectation, [[5, 0.1], [["weekly", 1, 2, 3, 4]]]],
  ["bounds without a share", validateExpectation, [[5], []]],
  ["bounds below nothing", validateExpectation, [[5, 0.1], [["weekly", 1, -2, 3]]]],
  ["bounds with more behind them", validateExpectation, [[5, 0.1], [], []]],
  ["a manifest of a part of nowhere", validateManifest, { ...manifest, parts: [{ ...part, listId: 12 }] }],
  ["a batch that ends between rows", validateManifest, { ...manifest, batches: [{ ...batch, to: 0.5 }] }],
  ["a batch beyond all numbers", validateManifest, { ...manifest, batches: [{ ...batch, to: 1e300 }] }],
  ["a label of no kind", validateSavedLabel, { ...errored, kind: "copy" }],
  ["a label that leaves out the accounts", validateSavedLabel, { ...errored, accounts: undefined }],
  ["a trial of one address", validateTrial, { ...trial, addresses: ["a@example.com"] }],
  ["no object", validateTrial, null],
])("%s is refused", (_, validate, value) => {
  expect(validate(JSON.parse(JSON.stringify(value)))).toBe(false);
});
