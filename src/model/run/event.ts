import type { Operation } from "../plan/change.js";
import type { ExportResult } from "./run.js";

/** What happens while a command works; printed as progress or as NDJSON. Holds no address and no secret. */
export type RunEvent =
  | { readonly type: "stage"; readonly export: string | undefined; readonly stage: string }
  | {
      readonly type: "batch";
      readonly export: string;
      readonly operation: Operation;
      readonly batch: number;
      readonly batches: number;
      readonly rows: number;
      readonly outcome: "sent" | "confirmed" | "rejected" | "unknown";
    }
  | { readonly type: "waiting"; readonly account: string; readonly reason: string; readonly seconds: number }
  | { readonly type: "warning"; readonly export: string | undefined; readonly message: string }
  | { readonly type: "export-result"; readonly result: ExportResult };

export type Emit = (event: RunEvent) => void;
