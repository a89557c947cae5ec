import type { Relation } from "../../../plugin/relation.js";
import { readReport, storeRejects, unreadableReport } from "../../reject-report.js";
import { accountFull, isContactLimit } from "../answers.js";
import { removeValues } from "../without-values.js";
import { readImportState, valuesJobOf } from "./jobs.js";
import type { SendgridClient } from "../client.js";

/**
 * Who a finished job did not store, from the CSV at `errors_url` (at most the
 * 30,000 of one job). Throws when it cannot be known, or when the account is
 * full, which says nothing about the people that did not fit.
 */
export async function readRejects(
  client: SendgridClient,
  job: string,
  signal: AbortSignal,
): Promise<Relation> {
  const { errors_url: url, errored_count: errored } =
    (await readImportState(client, valuesJobOf(job), signal))?.results ?? {};
  if (url === undefined || url === null || url === "") {
    throw unreadableReport("SendGrid names no error report for the job");
  }
  const report = client.scratchFile("errors.csv");
  await client.http.download(url, report, signal);
  const rows = await readReport(report, "The error report of the job");
  const isFull = rows.some(({ reason }) => isContactLimit(reason));
  // A contact may stand there with several errors.
  const named = new Set(rows.map(({ email }) => email.toLowerCase())).size;
  const expected = Math.max(errored ?? 0, 1);
  if (named < expected && isFull) throw accountFull();
  if (named < expected)
    throw unreadableReport(`The error report of the job names ${named} of ${expected} contacts`);
  const told = rows.map(({ email, reason }) => {
    if (isContactLimit(reason)) return { email, reason: null };
    const said = removeValues(reason);
    return { email, reason: said === "" ? "refused by SendGrid" : said };
  });
  const relation = await storeRejects(client.scratchFile("rejects.ndjson"), told);
  if (isFull) throw accountFull(relation);
  return relation;
}
