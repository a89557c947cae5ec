import type { JobState } from "../../../plugin/destination.js";
import { readNewestProcesses, findProcess, stateOf, type Process } from "./processes.js";
import type { BrevoClient } from "../client.js";

/** States of imports; a request for the newest fifty, and one for each that is older. */
export async function readJobs(
  client: BrevoClient,
  ids: readonly string[],
  signal: AbortSignal,
): Promise<readonly JobState[]> {
  if (ids.length === 0) return [];
  const newest = await readNewestProcesses(client, signal);
  const states: JobState[] = [];
  for (const job of ids) {
    const process = newest.find(({ id }) => String(id) === job);
    if (process !== undefined) states.push(jobState(job, process));
    else if (isTooNew(job, newest)) states.push({ job, state: "running", message: "not listed yet" });
    else states.push(jobState(job, await findProcess(client, job, signal)));
  }
  return states;
}

/** True when nothing that is queued or running could still change contacts. */
export async function isIdle(client: BrevoClient, signal: AbortSignal): Promise<boolean> {
  const newest = await readNewestProcesses(client, signal);
  return !newest.some((process) => stateOf(process) === "running" && !/EXPORT/i.test(process.name ?? ""));
}

/**
 * Milliseconds until the next status request. They share 100 an hour with
 * everything else on the key, so that waits grow from 5 s to a minute.
 */
export function pollDelay(client: BrevoClient, asked: number): number {
  return client.standIn ? Math.min(500, 20 * 1.5 ** asked) : Math.min(60_000, 5000 * 1.5 ** asked);
}

/** Ids grow, so that one above all that are listed has just not come up yet. */
function isTooNew(job: string, newest: readonly Process[]): boolean {
  return newest.length > 0 && newest.every(({ id }) => id < Number(job));
}

function jobState(job: string, process: Process | undefined): JobState {
  if (process === undefined) return { job, state: "gone", message: "Brevo no longer knows the process" };
  const state = stateOf(process);
  return { job, state, message: process.status === "cancelled" ? "the import was cancelled" : undefined };
}
