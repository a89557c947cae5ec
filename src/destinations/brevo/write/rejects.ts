import { Failure } from "../../../model/failure.js";
import type { Relation } from "../../../plugin/relation.js";
import { readReport, storeRejects, unreadableReport, type ReportRow } from "../../reject-report.js";
import { findProcess, reportsOf } from "./processes.js";
import type { BrevoClient } from "../client.js";

/** Whom an import refused, from its reports: a CSV for each reason, whose columns Brevo does not document. */
export async function readRejects(client: BrevoClient, job: string, signal: AbortSignal): Promise<Relation> {
  const process = await findProcess(client, job, signal);
  if (process === undefined) {
    throw new Failure("not-found", `Brevo no longer knows process ${job}; its reports cannot be read.`);
  }
  const refused: ReportRow[] = [];
  for (const { reason, url } of reportsOf(process)) {
    if (url === undefined) throw unreadableReport(`Brevo names no report "${reason}" for process ${job}`);
    const file = client.scratchFile("report.csv");
    await client.http.download(url, file, signal);
    const rows = await readReport(file, `The report "${reason}" of process ${job}`);
    refused.push(...rows.map(({ email }) => ({ email, reason })));
  }
  return storeRejects(client.scratchFile("rejects.ndjson"), refused);
}
