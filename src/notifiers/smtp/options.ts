import type { NotifierOptions } from "../../model/manifests/notifier-manifest.js";

export interface SmtpOptions extends NotifierOptions {
  readonly host: string;
  readonly port: number;
  /** `starttls` has to succeed; `none` only to this machine. */
  readonly security: "starttls" | "tls" | "none";
  readonly user: string | undefined;
  readonly from: string;
  readonly to: readonly string[];
}
