import type { NotifierOptions } from "../../model/manifests/notifier-manifest.js";

export interface WebhookOptions extends NotifierOptions {
  /** Undefined when the address itself is a secret. */
  readonly url?: string;
}
