import type { NoticeEvent } from "./notice.js";
import type { SecretRef } from "./secret-ref.js";

/** Where notices go, and which. */
export type Notifier = SlackNotifier | WebhookNotifier | SmtpNotifier;

export type NotifierType = Notifier["type"];

interface Common {
  readonly name: string;
  readonly on: readonly NoticeEvent[];
  /** Undefined: all. What concerns a whole run is told in any case. */
  readonly exports: readonly string[] | undefined;
}

export interface SlackNotifier extends Common {
  readonly type: "slack";
  readonly url: SecretRef;
}

export interface WebhookNotifier extends Common {
  readonly type: "webhook";
  readonly url: string | SecretRef;
  readonly signingSecret: SecretRef;
}

export interface SmtpNotifier extends Common {
  readonly type: "smtp";
  readonly host: string;
  readonly port: number;
  /** `starttls` has to succeed; `none` only to this machine. */
  readonly security: "starttls" | "tls" | "none";
  readonly user: string | undefined;
  readonly password: SecretRef | undefined;
  readonly from: string;
  readonly to: readonly string[];
}

/** The secrets of a notifier by the key that they stand under. */
export function secretsOf(notifier: Notifier): Readonly<Record<string, SecretRef>> {
  switch (notifier.type) {
    case "slack":
      return { url: notifier.url };
    case "webhook":
      return {
        ...(typeof notifier.url === "string" ? {} : { url: notifier.url }),
        signingSecret: notifier.signingSecret,
      };
    case "smtp":
      return notifier.password === undefined ? {} : { password: notifier.password };
  }
}
