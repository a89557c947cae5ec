import { counted } from "../../../model/words/counted.js";
import type { JobState } from "../../../plugin/destination.js";
import { parseBody } from "../answers.js";
import type { SendgridClient } from "../client.js";
import { IMPORT_STATE, type ImportState } from "../types.js";

/** Between the ids of the job that set values and of the one that emptied fields; ids are UUIDs. */
const AND = "+";

/** Of two requests of one batch. */
export function joinJobs(values: string, clears: string): string {
  return `${values}${AND}${clears}`;
}

/** The job that tells who was refused. */
export function valuesJobOf(job: string): string {
  return job.split(AND)[0] ?? job;
}

/** States of jobs, a request each: SendGrid has no way to ask for several. */
export async function readJobs(
  client: SendgridClient,
  ids: readonly string[],
  signal: AbortSignal,
): Promise<JobState[]> {
  const states: JobState[] = [];
  for (const id of ids) states.push(await batchState(client, id, signal));
  return states;
}

/** As the values fared, once the clears are over as well: whether they were carried out only reading back tells. */
async function batchState(client: SendgridClient, id: string, signal: AbortSignal): Promise<JobState> {
  const [values = id, clears] = id.split(AND);
  const state = await job(client, values, signal);
  if (clears === undefined || state.state === "running") return { ...state, job: id };
  const { state: emptied } = await job(client, clears, signal);
  return emptied === "running" ? { job: id, state: "running", message: undefined } : { ...state, job: id };
}

/** Undefined when SendGrid does not know the job. */
export async function readImportState(
  { http }: SendgridClient,
  id: string,
  signal: AbortSignal,
): Promise<ImportState | undefined> {
  const path = `/v3/marketing/contacts/imports/${encodeURIComponent(id)}`;
  const response = await http.send({ method: "GET", path, bucket: "jobs", kind: "read" }, signal);
  if (response.status === 404 && !/^\s*</.test(response.text)) return undefined;
  const state = parseBody(response, "The state of a job", IMPORT_STATE);
  if (state.id !== id) throw response.odd("another job than the one that was asked for");
  return state;
}

async function job(client: SendgridClient, id: string, signal: AbortSignal): Promise<JobState> {
  const found = await readImportState(client, id, signal);
  if (found === undefined) return { job: id, state: "gone", message: undefined };
  const { errored_count: errored, errors_url: report } = found.results ?? {};
  const withErrors = {
    job: id,
    state: "completed-with-errors",
    message: `${typeof errored === "number" ? counted(errored, "contact was", "contacts were") : "Some contacts were"} not stored`,
  } as const;
  switch (found.status) {
    case "pending":
      return { job: id, state: "running", message: undefined };
    case "completed":
      return (errored ?? 0) > 0 ? withErrors : { job: id, state: "completed", message: undefined };
    case "errored":
      return withErrors;
    case "failed":
      // Also the state of a job whose contacts were all refused, each for its own reason.
      return report
        ? withErrors
        : { job: id, state: "failed", message: "SendGrid could not process the job" };
  }
}
