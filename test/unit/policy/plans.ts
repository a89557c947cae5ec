import type { ExportPlan, Plan } from "../../../src/model/plan/plan.js";

const none = { config: 0, churn: 0, drift: 0 };

/** One export of a plan, of which only what matters to a test is said. */
export function exportPlan(
  more: Omit<Partial<ExportPlan>, "counts"> & { counts?: Partial<ExportPlan["counts"]> } = {},
): ExportPlan {
  const { counts, ...rest } = more;
  return {
    name: "weekly",
    displayName: undefined,
    connection: "brevo",
    type: "brevo",
    account: "brevo:4711",
    list: { id: "7", name: "Weekly", create: false },
    mode: "mirror",
    firstRun: false,
    causes: { add: none, update: none, remove: none },
    causeNote: undefined,
    samples: [
      { operation: "add", cause: "churn", reason: undefined, address: "canary@example.com", fields: [] },
    ],
    badValues: [],
    fieldsToCreate: [],
    cost: { requests: 1, bytes: 100, minutes: 0.5 },
    checks: [],
    error: undefined,
    ...rest,
    counts: {
      desired: 100,
      add: 0,
      update: 0,
      remove: 0,
      unchanged: 100,
      left: 0,
      found: 0,
      strangers: undefined,
      adopted: 0,
      strangerRemovals: 0,
      drifted: undefined,
      heldBack: {},
      ...counts,
    },
  };
}

/** A plan of these exports, all to one account. */
export function planOf(exports: readonly ExportPlan[], more: Partial<Plan> = {}): Plan {
  return {
    formatVersion: "1.0",
    tool: "rollcall 0.0.0",
    createdAt: "2026-11-20T12:00:00.000Z",
    lineage: "00000000-0000-0000-0000-000000000000",
    configDigest: "",
    digest: { control: "" },
    expect: "",
    revealed: false,
    configChanges: [],
    accounts: [
      {
        connection: "brevo",
        type: "brevo",
        id: "4711",
        label: "canary@example.com",
        addresses: 100,
        limit: undefined,
        unfinishedRun: undefined,
        checks: [],
      },
    ],
    exports,
    ...more,
  };
}
