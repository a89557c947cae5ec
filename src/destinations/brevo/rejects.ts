import { Failure } from "../../model/failure.js";
import { literal, type Relation } from "../../plugin/relation.js";
import { csvLayout } from "./csv-layout.js";
import { oneProcess, reports } from "./processes.js";
import type { Session } from "./session.js";

const NOBODY = "select null::varchar as email, null::varchar as reason where false";

/** Whom an import refused, from its reports: a CSV for each reason, whose columns Brevo does not document. */
export async function rejects(session: Session, job: string, signal: AbortSignal): Promise<Relation> {
  const process = await oneProcess(session, job, signal);
  if (process === undefined) {
    throw new Failure("not-found", `Brevo no longer knows process ${job}; its reports cannot be read.`);
  }
  const parts: string[] = [];
  for (const { reason, url } of reports(process)) {
    const file = session.scratchFile("report.csv");
    await session.http.download(url, file, signal);
    const layout = await csvLayout(file);
    if (layout === undefined) {
      throw new Failure(
        "permanent",
        `The report "${reason}" of process ${job} has no column with addresses.`,
        {
          hint: `Look at import ${job} in Brevo.`,
        },
      );
    }
    parts.push(`select trim(${layout.email}) as email, ${literal(reason)} as reason from ${layout.from}`);
  }
  if (parts.length === 0) return { sql: NOBODY };
  return { sql: `select * from (${parts.join(" union all ")}) where email <> ''` };
}
