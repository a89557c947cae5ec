/** A store that has not answered by then has hung, unless it is busy with a big body. */
const ANSWER_MS = 60_000;
/** The slowest that a body may go, in bytes a millisecond. */
const SLOWEST = 50;

/** Aborts with `signal`, or when a request with a body of so many bytes ought to have been answered. */
export function limitRequest(signal: AbortSignal, bodyBytes = 0): AbortSignal {
  return AbortSignal.any([signal, AbortSignal.timeout(ANSWER_MS + Math.ceil(bodyBytes / SLOWEST))]);
}

/** The same for a request whose answer has a body, which may take its time once the answer has come. */
export function limitAnswer(signal: AbortSignal): { limit: AbortSignal; answered: () => void } {
  const late = new AbortController();
  const timer = setTimeout(() => late.abort(), ANSWER_MS);
  timer.unref();
  return { limit: AbortSignal.any([signal, late.signal]), answered: () => clearTimeout(timer) };
}
