import type { Diagnostic } from "../../../src/model/diagnostic.js";
import type { ExportPlan, Plan } from "../../../src/model/plan/plan.js";
import type { ExportResult, RunResult } from "../../../src/model/run/run.js";

const noCauses = { config: 0, churn: 0, drift: 0 };

/** An export of a plan in which nothing changes. */
export function exportPlan(over: Partial<ExportPlan> = {}): ExportPlan {
  return {
    name: "weekly",
    displayName: "Weekly newsletter",
    connection: "newsletter",
    type: "brevo",
    account: "acme-1",
    list: { id: "12", name: "Customers", create: false },
    mode: "mirror",
    firstRun: false,
    counts: {
      desired: 9_984,
      add: 0,
      update: 0,
      remove: 0,
      unchanged: 9_984,
      left: 0,
      found: 0,
      strangers: undefined,
      adopted: 0,
      strangerRemovals: 0,
      drifted: undefined,
      heldBack: {},
    },
    causes: { add: noCauses, update: noCauses, remove: noCauses },
    causeNote: undefined,
    samples: [],
    badValues: [],
    fieldsToCreate: [],
    cost: { requests: 0, bytes: 0, minutes: 0 },
    checks: [],
    error: undefined,
    ...over,
  };
}

export function planOf(exports: readonly ExportPlan[], over: Partial<Plan> = {}): Plan {
  return {
    formatVersion: "1.0",
    tool: "rollcall 0.1.0",
    createdAt: "2026-11-22T12:00:00.000Z",
    lineage: "5f0c1f6e-7a0b-4f0e-9a55-0d3a4f4d9b11",
    configDigest: "0".repeat(64),
    revealed: false,
    configChanges: [],
    accounts: [],
    exports,
    digest: { control: "0".repeat(64) },
    expect: `rc1.${"0".repeat(64)}.W1swLDBdLFtdXQ`,
    ...over,
  };
}

export const unchanged = planOf([exportPlan()]);

export const heldBackOnly = planOf([
  exportPlan({ counts: { ...exportPlan().counts, heldBack: { "opted out": 5 } } }),
]);

export const full = planOf(
  [
    exportPlan({
      counts: {
        desired: 1_204_331,
        add: 12,
        update: 2_003,
        remove: 1,
        unchanged: 1_202_316,
        left: 4,
        found: 40,
        strangers: 2,
        adopted: 0,
        strangerRemovals: 0,
        drifted: 1,
        heldBack: {
          "no consent": 3_104,
          invalid: 12,
          suppressed: 7,
          "opted out": 1,
          rejected: 4,
        },
      },
      causes: {
        add: { config: 0, churn: 12, drift: 0 },
        update: { config: 2_000, churn: 2, drift: 1 },
        remove: { config: 0, churn: 1, drift: 0 },
      },
      samples: [
        { operation: "add", cause: "churn", reason: undefined, address: "a•••@example.com", fields: [] },
        {
          operation: "update",
          cause: "config",
          reason: undefined,
          address: "b•••@example.net",
          fields: ["firstName", "city", "SCORE", "PREFERRED_LANGUAGE", "postalCode"],
        },
        {
          operation: "update",
          cause: "churn",
          reason: undefined,
          address: "ß•••@xn--strae-oqa.example",
          fields: ["phone"],
        },
        { operation: "remove", cause: "churn", reason: undefined, address: "c•••@example.org", fields: [] },
        {
          operation: "held back",
          cause: undefined,
          reason: "no consent",
          address: "d•••@example.org",
          fields: [],
        },
      ],
      badValues: [
        { attribute: "phone", reason: "not a phone number", count: 1_200 },
        { attribute: "SCORE", reason: "not a number", count: 1 },
      ],
      fieldsToCreate: ["SCORE", "TIER"],
      cost: { requests: 31, bytes: 2_400_000, minutes: 3.2 },
      checks: [
        { name: "source-size", status: "ok", message: "1,204,331 rows, at least 1,000 wanted" },
        { name: "max-adds", status: "warning", message: "12 people would be added; the limit is 12" },
      ],
    }),
    exportPlan({
      name: "marketing-eu",
      displayName: undefined,
      connection: "marketing",
      type: "sendgrid",
      list: { id: undefined, name: "EU customers", create: true },
      mode: "upsert",
      firstRun: true,
      counts: { ...exportPlan().counts, desired: 500, add: 500, unchanged: 0 },
      causes: { add: { config: 500, churn: 0, drift: 0 }, update: noCauses, remove: noCauses },
      causeNote:
        "The old definition could not be evaluated, so every change counts as one of the configuration.",
      cost: { requests: 1, bytes: 80_000, minutes: 0.1 },
      checks: [
        {
          name: "max-removals",
          status: "failed",
          message: "31% of 1,000 delivered members would be removed; the limit is 30%",
          hint: "Look at the segment first. If it is right, raise safeguards.maxRemovals for this run.",
          override: "marketing-eu:max-removals",
        },
        {
          name: "max-adds",
          status: "overridden",
          message: "500 would be added, but at most 100 are allowed",
          hint: "Check that the data is right.",
          override: "marketing-eu:max-adds",
        },
      ],
    }),
  ],
  {
    configChanges: [
      {
        export: "weekly",
        kind: "changed",
        diff: "===================================================================\n--- applied\n+++ configured\n@@ -3,4 +3,5 @@\n segments:\n-  - where: country = 'DE'\n+  - where: country in ('DE', 'AT')\n+    orderBy: updated_at desc\n consent: newsletter_consent = true\n",
      },
      { export: "weekly", kind: "renamed", from: "digest", diff: "" },
      {
        export: "weekly",
        kind: "moved",
        from: "12",
        diff: "",
        detail: "the people stay on the old list",
      },
      { export: "trial", kind: "unprotected", diff: "", detail: "its protection will be lifted" },
      { export: "past", kind: "removed", diff: "", detail: "those whom we added come off list 9" },
      {
        export: "legacy",
        kind: "orphaned",
        diff: "",
        detail: "its people stay on list 7 and are still claimed",
        hint: 'removed: [{export: "legacy", members: keep}] (or remove) lets it go; moved: [{from: "legacy", to: NEW-NAME}] says what it is called now.',
      },
    ],
    sources: [
      {
        name: "customers",
        type: "postgres",
        rows: 1_204_371,
        columns: 9,
        proof: "the row count of COPY",
        snapshot: "00000003-0000001B-1",
        asOf: "2026-11-22T11:59:40.000Z",
        seconds: 3.204,
      },
      {
        name: "newsletter_2019",
        type: "files",
        rows: 1,
        columns: 1,
        proof: "the end of its last line",
        asOf: "2026-11-02T08:00:00.000Z",
        seconds: 0.012,
      },
    ],
    accounts: [
      {
        connection: "newsletter",
        type: "brevo",
        id: "acme-1",
        label: "Acme GmbH",
        addresses: 1_204_331,
        limit: 1_500_000,
        stored: 1_310_007,
        added: 12,
        unfinishedRun: "2026-11-22T11-58-01Z-7f3a",
        checks: [],
      },
      {
        connection: "marketing",
        type: "sendgrid",
        id: "180",
        label: "acme-marketing",
        addresses: 500,
        limit: 100_000,
        unfinishedRun: undefined,
        checks: [],
      },
    ],
  },
);

export const broken = planOf([
  exportPlan({
    error: {
      kind: "not-found",
      message: "List 12 does not exist in the Brevo account Acme GmbH.",
      hint: "Check the list id in the Brevo interface, or name the list and set create: true.",
    },
  }),
  exportPlan({ name: "other", displayName: undefined }),
]);

export function result(over: Partial<ExportResult> = {}): ExportResult {
  return {
    name: "weekly",
    status: "succeeded",
    added: 1_204_331,
    updated: 2_003,
    removed: 1,
    rejected: 0,
    overrides: [],
    unknown: 0,
    evidence: "job-completed",
    requests: 31,
    error: undefined,
    ...over,
  };
}

export function runOf(exports: readonly ExportResult[]): RunResult {
  return {
    id: "2026-11-22T12-00-00Z-1c2d",
    actor: "anna@laptop",
    startedAt: "2026-11-22T12:00:00.000Z",
    finishedAt: "2026-11-22T12:00:09.000Z",
    exports,
  };
}

export const nothingDone = result({
  added: 0,
  updated: 0,
  removed: 0,
  status: "unchanged",
  evidence: undefined,
  requests: 0,
});

export const partly = runOf([
  result({ name: "marketing", evidence: "read-back" }),
  result({
    status: "partly",
    added: 400,
    updated: 0,
    removed: 0,
    rejected: 3,
    unknown: 97,
    requests: 2,
    evidence: "accepted",
  }),
  result({
    name: "other",
    status: "refused",
    added: 0,
    updated: 0,
    removed: 0,
    requests: 0,
    evidence: undefined,
    error: {
      kind: "refused",
      message: "31% of 1,000 delivered members would be removed; the limit is 30%.",
      hint: "Look at the segment first. If it is right, raise safeguards.maxRemovals for this run.",
    },
  }),
]);

export const diagnostics: readonly Diagnostic[] = [
  {
    severity: "error",
    code: "unknown-key",
    message: "Unknown key `segmnets` in export `weekly`; did you mean `segments`?",
    hint: "Rename the key.",
    position: { file: "exports.config.yaml", line: 14, column: 5 },
    frame:
      "  12 |     connection: newsletter\n  13 |     list: 12\n> 14 |     segmnets: [germans]\n     |     ^^^^^^^^",
  },
  { severity: "warning", code: "no-schedule", message: "Export `weekly` has no schedule." },
];
