import { open } from "node:fs/promises";
import { Failure } from "../../model/failure.js";
import { identifier, literal, type Relation } from "../../plugin/relation.js";
import { contactLimit } from "./answers.js";
import { readReportLayout } from "./report-layout.js";
import { importState } from "./jobs.js";
import type { Session } from "./session.js";

/**
 * Who a finished job did not store, from the CSV at `errors_url`. Its columns
 * are not documented: the address and the reason are found by name, else by
 * what the values look like. Throws when that cannot be told.
 */
export async function rejects(session: Session, job: string, signal: AbortSignal): Promise<Relation> {
  const state = await importState(session, job, signal);
  const url = state?.results?.errors_url ?? "";
  if (url === "") throw unreadable("SendGrid names no error report for the job");
  const path = session.scratchFile("errors.csv");
  await session.http.download(url, path, signal);
  const sample = await start(path);
  // An account that is full says nothing about the people that did not fit.
  const full = contactLimit(sample);
  if (full !== undefined) throw full;
  const layout = readReportLayout(sample);
  if (layout === undefined) throw unreadable("The error report of the job has no column with addresses");
  const columns = layout.columns.map((_, index) => `${literal(`c${index}`)}: 'VARCHAR'`).join(", ");
  const reason =
    layout.reason === undefined ? literal("refused by SendGrid") : identifier(`c${layout.reason}`);
  const email = identifier(`c${layout.email}`);
  return {
    sql: `SELECT trim(${email}) AS email, ${withoutValuesSql(reason)} AS reason
      FROM read_csv(${literal(path)}, columns = {${columns}}, header = ${layout.header}, delim = ',', quote = '"', escape = '"',
        auto_detect = false, null_padding = true, strict_mode = false)
      WHERE strpos(${email}, '@') > 0`,
  };
}

/** As `withoutValues` does: reasons quote the value that was refused. */
function withoutValuesSql(reason: string): string {
  const patterns = [`"[^"]*"|''[^'']*''`, "\\S*@\\S*", "\\+?\\d[\\d\\s().-]{5,}\\d"];
  const cleaned = patterns.reduce((sql, pattern) => `regexp_replace(${sql}, '${pattern}', '…', 'g')`, reason);
  return `left(trim(${cleaned}), 160)`;
}

function unreadable(message: string): Failure {
  return new Failure("transient", `${message}, so that it is not known who was refused.`, {
    hint: "Run again: everyone of the batch is looked up then.",
  });
}

async function start(path: string): Promise<string> {
  const file = await open(path, "r");
  try {
    const { bytesRead, buffer } = await file.read(Buffer.alloc(65_536), 0, 65_536, 0);
    return buffer.toString("utf8", 0, bytesRead);
  } finally {
    await file.close();
  }
}
