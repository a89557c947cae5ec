import { Failure } from "../../../model/failure.js";
import type { Relation } from "../../../plugin/relation.js";
import { readReport, rejectsRelation, unreadable, type ReportRow } from "../../reject-report.js";
import { oneProcess, reports } from "./processes.js";
import type { BrevoClient } from "../client.js";

/** Whom an import refused, from its reports: a CSV for each reason, whose columns Brevo does not document. */
export async function rejects(client: BrevoClient, job: string, signal: AbortSignal): Promise<Relation> {
  const process = await oneProcess(client, job, signal);
  if (process === undefined) {
    throw new Failure("not-found", `Brevo no longer knows process ${job}; its reports cannot be read.`);
  }
  const refused: ReportRow[] = [];
  for (const { reason, url } of reports(process)) {
    if (url === undefined) throw unreadable(`Brevo names no report "${reason}" for process ${job}`);
    const file = client.scratchFile("report.csv");
    await client.http.download(url, file, signal);
    const rows = await readReport(file, `The report "${reason}" of process ${job}`);
    refused.push(...rows.map(({ email }) => ({ email, reason })));
  }
  return rejectsRelation(client.scratchFile("rejects.ndjson"), refused);
}
