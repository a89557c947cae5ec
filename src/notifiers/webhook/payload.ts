import type { Notice, NoticeChange } from "../../model/run/notice.js";

/** Goes up with the schema: `schemas/notice.schema.json`. */
const NOTICE_FORMAT = "1.0";

/** What a webhook is sent, in the form that Standard Webhooks recommends. What is undefined is left out. */
export function payloadOf({ type, at, id, tool, environment, run, changes }: Notice): object {
  return {
    type: `rollcall.${type}`,
    timestamp: at,
    data: { formatVersion: NOTICE_FORMAT, id, tool, environment, run, changes: changes.map(changeOf) },
  };
}

function changeOf(change: NoticeChange): object {
  return { ...change, scope: change.export === undefined ? "run" : "export" };
}
