import type { Notice } from "../model/notice.js";
import type { Notifier } from "../model/notifier.js";
import type { Secret } from "../platform/secret.js";

/** A kind of notifier. Stateless: everything that belongs to one is in what `open` returns. */
export interface NotifierPlugin<Kind extends Notifier = Notifier> {
  readonly type: Kind["type"];
  /** `secrets` by the key of `secretsOf`. Throws `Failure("invalid")` for one that cannot be meant. */
  open(notifier: Kind, secrets: Secrets): OpenNotifier;
}

export type Secrets = Readonly<Record<string, Secret>>;

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
