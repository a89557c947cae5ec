import type { Notice } from "../model/run/notice.js";
import type { NotifierOptions } from "../model/manifests/notifier-manifest.js";
import type { Secrets } from "../platform/secrets/secret.js";

/** A kind of notifier. Stateless: everything that belongs to one is in what `open` returns. */
export interface NotifierPlugin {
  /**
   * `options` as its manifest makes them, `secrets` by its `secretKeys`; `name` is that of the notifier, for
   * messages. Throws `Failure("invalid")` for a secret that cannot be meant.
   */
  open(options: NotifierOptions, secrets: Secrets, name: string): OpenNotifier;
}

export interface OpenNotifier {
  /**
   * Sends a notice once and tells in a few words what the receiver answered.
   * The same notice carries the same id, so that a receiver can drop the second.
   * Throws `Failure`: `auth` when the receiver does not let us in, `transient`
   * or `rate-limit` when it may take the notice later, `permanent` or
   * `not-found` when it will not, `interrupted` when aborted. No message holds
   * an address, a secret, or what the receiver said at length.
   */
  send(notice: Notice, signal: AbortSignal): Promise<string>;
}

/** A secret that the config always has. */
export function secretOf(secrets: Secrets, key: string): string {
  const secret = secrets[key];
  if (secret === undefined) throw new TypeError(`no secret ${key}`);
  return secret.reveal();
}
