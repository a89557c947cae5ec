import { Failure } from "../../model/failure.js";
import { wait } from "../../platform/wait.js";
import type { Relation } from "../../plugin/relation.js";
import { body } from "./answers.js";
import { csvLayout, type CsvLayout } from "./csv-layout.js";
import { pollDelay } from "./jobs.js";
import { CONTACTS } from "./limits.js";
import { newestProcesses, oneProcess, stateOf, type Process } from "./processes.js";
import type { Session } from "./session.js";

/**
 * Members of a list through three exports, of which only the column with the
 * addresses is used, since no other is documented. Who is not exported as
 * subscribed, or is exported as unsubscribed from this list, has opted out.
 */
export async function exportMembers(
  session: Session,
  listId: string,
  signal: AbortSignal,
): Promise<Relation> {
  const ids: string[] = [];
  for (const action of ["allContacts", "subscribed", "unsubscribedPerList"]) {
    ids.push(await startExport(session, listId, action, signal));
  }
  const finished = await waitForAll(session, ids, signal);
  const layouts: (CsvLayout | undefined)[] = [];
  for (const process of finished) layouts.push(await exported(session, process, signal));
  const [all, subscribed, perList] = layouts.map(addresses);
  return {
    sql: `select email, null::varchar as contact_id, true as on_list,
        case when email in (${perList}) then 'unsubscribed' when email not in (${subscribed}) then 'opted out' end as opted_out,
        null::varchar as observed
      from (${all})`,
  };
}

async function startExport(
  session: Session,
  listId: string,
  action: string,
  signal: AbortSignal,
): Promise<string> {
  const content = {
    customContactFilter: { actionForContacts: action, listId: Number(listId) },
    disableNotification: true,
  };
  // It changes nothing at Brevo, so that a lost answer may be followed by another one.
  const response = await session.http.send(
    {
      method: "POST",
      path: "/contacts/export",
      body: JSON.stringify(content),
      bucket: CONTACTS,
      kind: "read",
    },
    signal,
  );
  return String(body<{ processId: number }>(response, `Exporting list ${listId}`).processId);
}

async function waitForAll(
  session: Session,
  ids: readonly string[],
  signal: AbortSignal,
): Promise<readonly Process[]> {
  for (let asked = 0; ; asked++) {
    await wait(pollDelay(session, asked), signal);
    const newest = await newestProcesses(session, signal);
    const found: (Process | undefined)[] = [];
    for (const id of ids) {
      found.push(
        newest.find((process) => String(process.id) === id) ?? (await oneProcess(session, id, signal)),
      );
    }
    const ended = found.filter((process) => process !== undefined && stateOf(process) !== "running");
    const failed = ended.find((process) => process !== undefined && stateOf(process) === "failed");
    if (failed !== undefined) {
      throw new Failure("transient", `Brevo could not export the list (process ${failed.id}).`, {
        hint: "Run again later.",
      });
    }
    if (ended.length === ids.length) return ended.filter((process) => process !== undefined);
  }
}

/** Undefined for an export of nobody, which may have no file. */
async function exported(
  session: Session,
  process: Process,
  signal: AbortSignal,
): Promise<CsvLayout | undefined> {
  if (typeof process.export_url !== "string" || process.export_url === "") return undefined;
  const file = session.scratchFile("export.csv");
  await session.http.download(process.export_url, file, signal);
  const layout = await csvLayout(file);
  if (layout === undefined)
    throw new Failure("permanent", `The export ${process.id} has no column with addresses.`);
  return layout;
}

function addresses(layout: CsvLayout | undefined): string {
  if (layout === undefined) return "select null::varchar as email where false";
  return `select distinct ${layout.email} as email from ${layout.from} where ${layout.email} <> ''`;
}
