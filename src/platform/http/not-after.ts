import type { Dispatcher } from "undici";
import { currentInstant, millisecondsSince } from "../stopwatch.js";

/** The request was not sent, because its time was over. */
export class TooLateError extends Error {}

/**
 * Looks at the clocks once more in the instant in which a request is written to
 * its connection: a process may have slept, or a connection taken long, since
 * the request was allowed.
 */
export function notAfter(until: number): Dispatcher.DispatcherComposeInterceptor {
  const allowed = currentInstant();
  const late = (): boolean => millisecondsSince(allowed) >= until - allowed.day;
  return (dispatch) => (options, handler) =>
    until === Infinity ? dispatch(options, handler) : dispatch(options, guardHandler(handler, late));
}

function guardHandler(handler: Dispatcher.DispatchHandler, late: () => boolean): Dispatcher.DispatchHandler {
  return new Proxy(handler, {
    get(target, name) {
      const value: unknown = Reflect.get(target, name, target);
      if (typeof value !== "function") return value;
      if (name !== "onConnect" && name !== "onRequestStart") return value.bind(target) as unknown;
      return (...words: readonly unknown[]): unknown => {
        const result: unknown = Reflect.apply(value, target, words);
        if (late()) stop(words[0]);
        return result;
      };
    },
  });
}

/** The older form of a handler gets a function, the newer a controller. */
function stop(abort: unknown): void {
  const late = new TooLateError("too late");
  if (typeof abort === "function") abort(late);
  else (abort as Dispatcher.DispatchController).abort(late);
}
