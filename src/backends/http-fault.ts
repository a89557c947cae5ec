import { Failure } from "../model/failure.js";
import { environmentHint } from "../platform/http/environment-hint.js";
import { wasNotSent, isTimeout } from "../platform/http/http-error.js";
import { unknownOutcome } from "./failures.js";

/** What an SDK's error says about an exchange; nothing of its text, which may hold keys, is passed on. */
export interface Fault {
  readonly error: unknown;
  /** Undefined when there was no answer. */
  readonly status: number | undefined;
  /** The vendor's own word for it, such as `NoSuchBucket`. */
  readonly code: string;
  /** The answer's headers, in lower case. */
  readonly header: (name: string) => string | undefined;
  readonly write: boolean;
}

export interface Store {
  readonly label: string;
  /** Hints of what the vendor calls things. */
  readonly grant: string;
  readonly create: string;
  /** Its SDK goes through the proxies of the environment. */
  readonly usesProxies?: true;
}

/** Clocks that differ by more make a signed request invalid. */
const SKEW_MS = 5 * 60_000;

/** An error of an exchange in our words; the vendor's code is kept, its text is not. */
export function explainFault(fault: Fault, store: Store): Failure {
  const { label, grant, create } = store;
  const { error, status, code, write } = fault;
  const named = /^[A-Za-z0-9]{1,60}$/.test(code) ? code : "no code";
  if (status === undefined) return noAnswer(fault, store);
  if (status === 401 || status === 403)
    return new Failure("auth", `${label} refused access (${status}, ${named})`, {
      hint: clockHint(fault) ?? grant,
    });
  if (status === 404) return new Failure("not-found", `${label} does not exist (${named})`, { hint: create });
  if (status === 429 || isBusy(code))
    return new Failure("transient", `${label} is busy (${status}, ${named})`, {
      hint: "Run the command again later.",
      ...retryAfter(fault),
    });
  if (status >= 500 || status === 408)
    return write
      ? unknownOutcome(label, `was answered with ${status} (${named})`)
      : new Failure("transient", `${label} answered with ${status} (${named})`, {
          hint: "Run the command again later.",
          ...retryAfter(fault),
        });
  return new Failure("permanent", `${label} refused a request (${status}, ${named})`, {
    hint: "Check `state` in the config.",
    cause: error instanceof Failure ? error : undefined,
  });
}

/** Both vendors say this before they do anything. */
function isBusy(code: string): boolean {
  return code === "ServerBusy" || code === "SlowDown";
}

function noAnswer({ error, write }: Fault, { label, usesProxies }: Store): Failure {
  const said = (error as { code?: unknown }).code;
  const known = typeof said === "string" && /^[A-Z0-9_]{1,40}$/.test(said) ? said : undefined;
  const code = known === undefined ? "" : ` (${known})`;
  const hint =
    environmentHint({ code: known, usesProxies }) ??
    "Check the network and the address in `state`, then run again.";
  if (wasNotSent(error)) return new Failure("transient", `${label} cannot be reached${code}`, { hint });
  const trouble = isTimeout(error) || isAbort(error) ? "took too long" : `lost the connection${code}`;
  return write ? unknownOutcome(label, trouble) : new Failure("transient", `${label} ${trouble}`, { hint });
}

/** Nobody gave up but our own time limit: an abort of the caller is told as such. */
function isAbort(error: unknown): boolean {
  return error instanceof Error && /^(Abort|Timeout)Error$/.test(error.name);
}

function retryAfter({ header }: Fault): { retryAfter?: number } {
  const seconds = Number(header("retry-after"));
  return seconds > 0 ? { retryAfter: Math.min(seconds, 300) } : {};
}

/** Requests are signed with the time, so a wrong clock looks like a wrong key. */
function clockHint({ header }: Fault): string | undefined {
  const theirs = Date.parse(header("date") ?? "");
  const off = Date.now() - theirs;
  if (!(Math.abs(off) > SKEW_MS)) return undefined;
  const minutes = Math.round(Math.abs(off) / 60_000);
  return `The clock of this machine is ${minutes} minutes ${off > 0 ? "ahead of" : "behind"} the store's, and requests are signed with the time. Set it right.`;
}
