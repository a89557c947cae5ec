import type { RunEvent } from "../../model/run/event.js";
import { formatCount, counted } from "../layout/quantity.js";

const DOING = { add: "adding", update: "updating", remove: "removing" } as const;

/** An event as one line, and what it is about: a later line on the same topic replaces it. */
export function progressText(event: RunEvent): { topic: string; text: string } | undefined {
  switch (event.type) {
    case "stage":
      return event.export === undefined
        ? { topic: "", text: event.stage }
        : { topic: event.export, text: `${event.export}: ${event.stage}` };
    case "batch": {
      const { operation, batch, batches, rows, outcome } = event;
      const text = `${event.export}: ${DOING[operation]}, batch ${formatCount(batch)} of ${formatCount(batches)} ${outcome}`;
      return { topic: event.export, text: `${text} (${counted(rows, "person", "people")})` };
    }
    case "waiting":
      return {
        topic: event.account,
        text: `${event.account}: waiting ${Math.ceil(event.seconds)} s (${event.reason})`,
      };
    case "warning":
      return {
        topic: "warning",
        text: event.export === undefined ? event.message : `${event.export}: ${event.message}`,
      };
    case "export-result":
      return { topic: event.result.name, text: `${event.result.name}: ${event.result.status}` };
  }
}
