import type { ExportPlan, Plan } from "../../src/model/plan/plan.js";
import * as values from "../golden/report/values.js";

/** What somebody could name a list or make a vendor say, to be more than text where a plan is read. */
export const HOSTILE = [
  "@octocat",
  "see #1, !2, GH-3, JIRA-44, org/repo#5, org/repo@0123456789abcdef0123456789abcdef01234567",
  "https://evil.example/x www.evil.example mail@evil.example ftp://evil.example",
  "[click](https://evil.example) ![x](https://evil.example/x.png) [a]: https://evil.example",
  "<img src=x onerror=alert(1)> <script>alert(1)</script> </details></summary> <!-- -->",
  "-->\n<!-- rollcall:plan production other.yaml -->",
  "```\n</details>\n# Approved\n```",
  "`````` ```mermaid",
  "a`b``c```d",
  "| a | b |\n| - | - |\n\\| \\\\| \\",
  "/approve\n/merge\n> quote\n- list\n1. one\n# heading\n---\n***",
  ":smile: **bold** _em_ ~~gone~~ $`math`$ $$x$$ [^1] ~label %milestone &epic",
  '"]; click n0 href "https://evil.example" %%{init: {"theme": "dark"}}%% end subgraph',
  "\u202Egpj.exe\u2066 \u200B \u0007\u001B[31m",
  "\uD800 lone",
  "   ",
  "",
];

/** A plan in which everything that comes from others says `text`. */
export function hostile(text: string): Plan {
  const check = { name: text, status: "failed", message: text, hint: text, override: text } as const;
  const item: ExportPlan = {
    ...values.full.exports[0]!,
    name: text,
    displayName: text,
    connection: text,
    account: text,
    list: { id: text, name: text, create: true },
    causeNote: text,
    // So that the command is shown although all is refused.
    counts: { ...values.full.exports[0]!.counts, withdrawn: 1 },
    samples: [
      {
        operation: "update",
        cause: "config",
        reason: undefined,
        address: `${text}@${text}`,
        fields: [text, text],
      },
    ],
    invalidAddresses: { column: text, first: { of: "value", source: text, file: text, line: 1 } },
    badValues: [
      { attribute: text, reason: text, count: 1, column: text, first: { of: "value", source: text } },
    ],
    fieldsToCreate: [text],
    checks: [check, { ...check, status: "warning" }, { ...check, status: "overridden" }],
  };
  const change = {
    export: text,
    diff: `@@ -1 +1 @@\n-${text}\n+${text}`,
    from: text,
    detail: text,
    hint: text,
  };
  const kinds = [
    "new",
    "changed",
    "orphaned",
    "renamed",
    "moved",
    "removed",
    "protected",
    "unprotected",
  ] as const;
  return {
    ...values.full,
    tool: text,
    environment: text,
    createdAt: text,
    configDigest: text,
    digest: { control: text },
    notes: [text],
    policies: [
      {
        name: text,
        level: "mandatory",
        status: "error",
        message: text,
        error: text,
        needs: { group: text, count: 2, have: 0 },
      },
    ],
    exports: [item, { ...item, name: `x${text}`, error: { kind: text, message: text, hint: text } }],
    configChanges: kinds.map((kind) => ({ ...change, kind })),
    sources: [{ ...values.full.sources![0]!, name: text, proof: text, snapshot: text }],
    accounts: [{ ...values.full.accounts[0]!, id: text, label: text, unfinishedRun: text, checks: [check] }],
  };
}
