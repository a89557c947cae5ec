import { readFile, writeFile } from "node:fs/promises";
import { Failure } from "../../model/failure.js";
import { literal, type Relation } from "../../plugin/relation.js";
import { contactLimit } from "./answers.js";
import { withoutValues } from "./without-values.js";
import { importState } from "./jobs.js";
import { parseReport } from "./report.js";
import type { Session } from "./session.js";

/**
 * Who a finished job did not store, from the CSV at `errors_url` (at most the
 * 30,000 of one job). Throws when it cannot be told, or when the account is
 * full, which says nothing about the people that did not fit.
 */
export async function rejects(session: Session, job: string, signal: AbortSignal): Promise<Relation> {
  const { errors_url: url, errored_count: errored } =
    (await importState(session, job, signal))?.results ?? {};
  if (url === undefined || url === null || url === "") {
    throw unreadable("SendGrid names no error report for the job");
  }
  const report = session.scratchFile("errors.csv");
  await session.http.download(url, report, signal);
  const rows = parseReport(await readFile(report, "utf8"));
  if (rows === undefined) throw unreadable("The error report of the job has no column with addresses");
  const full = rows.map(({ reason }) => contactLimit(reason)).find((failure) => failure !== undefined);
  if (full !== undefined) throw full;
  if (rows.length < (errored ?? 0)) {
    throw unreadable(`The error report of the job names ${rows.length} of ${errored} contacts`);
  }
  const path = session.scratchFile("rejects.ndjson");
  const lines = rows.map(({ email, reason }) => {
    const said = withoutValues(reason);
    return `${JSON.stringify({ email, reason: said === "" ? "refused by SendGrid" : said })}\n`;
  });
  await writeFile(path, lines.join(""), { mode: 0o600 });
  return {
    sql: `SELECT email, reason FROM read_json(${literal(path)}, format = 'newline_delimited',
      columns = {email: 'VARCHAR', reason: 'VARCHAR'})`,
  };
}

function unreadable(message: string): Failure {
  return new Failure("transient", `${message}, so that it is not known who was refused.`, {
    hint: "Run again: everyone of the batch is looked up then.",
  });
}
