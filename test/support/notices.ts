import type { Notice, NoticeChange } from "../../src/model/run/notice.js";

export function change(more: Partial<NoticeChange> = {}): NoticeChange {
  return {
    event: "refusal",
    condition: "refused",
    before: "ok",
    export: {
      name: "weekly",
      displayName: "Weekly newsletter",
      connection: "newsletter",
      connectionDisplayName: "Brevo newsletter",
    },
    kind: "refused",
    checks: ["max-removals", "min-source-rows"],
    message: "It would remove 12 of 20 people.",
    hint: "If this is meant: `rollcall apply --override weekly:max-removals`.",
    counts: { removed: 12 },
    ...more,
  };
}

export function notice(changes: readonly NoticeChange[], more: Partial<Notice> = {}): Notice {
  return {
    id: `msg_${"0123456789abcdef".repeat(2)}`,
    type: "changes",
    at: "2026-11-28T04:00:00.000Z",
    tool: "rollcall 0.1.0",
    environment: "production",
    run: {
      command: "apply",
      id: "20261128T040000000Z-abc",
      actor: "github:anna/1",
      url: "https://ci.example.com/run/1",
    },
    changes,
    ...more,
  };
}
