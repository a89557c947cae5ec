import type { Operation } from "../model/plan/change.js";
import type { Cost } from "../model/plan/plan.js";
import type { Codec } from "../plugin/codec.js";

export interface OutgoingRows {
  readonly operation: Operation;
  readonly group: string;
  readonly rows: number;
  readonly bytes: number;
}

/** What sending will take: requests cut by both limits of each route, body bytes, minutes at the vendor's limits. */
export function forecastCost(codec: Codec, outgoing: readonly OutgoingRows[]): Cost {
  const totals = new Map<Operation, number>();
  for (const { operation, rows } of outgoing) totals.set(operation, (totals.get(operation) ?? 0) + rows);
  const work = outgoing
    .filter(({ rows }) => rows > 0)
    .map(({ operation, group, rows, bytes }) => {
      const route = codec.route(operation, totals.get(operation) ?? rows, group);
      return {
        operation,
        group,
        rows,
        bytes,
        batches: Math.max(Math.ceil(rows / route.maxRows), Math.ceil(bytes / route.maxBytes)),
      };
    });
  const { requests, minutes } = codec.forecast(work);
  return { requests, bytes: work.reduce((sum, { bytes }) => sum + bytes, 0), minutes };
}
