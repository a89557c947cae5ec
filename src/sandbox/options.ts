import type { Fault } from "./faults.js";
import type { Exchange } from "./server/exchange.js";
import type { ResetForm } from "./server/limits.js";
import type { Switches } from "./switches.js";

/** One Brevo account. */
export interface BrevoAccount {
  readonly vendor: "brevo";
  readonly key: string;
  /** `organization_id`; also the name for `Sandbox.brevo(id)`. Default `sandbox-brevo`. */
  readonly id?: string;
  readonly companyName?: string;
  /** Decides the names of the built-in attributes. Default `en`. */
  readonly language?: "en" | "fr" | "de";
  /** Which published rate limits apply. Default `general`. */
  readonly plan?: "general" | "advanced" | "extended";
  /** Contacts the account may store; an import that would exceed it fails. */
  readonly contactLimit?: number;
  /** Addresses that make a request be refused as a whole, without a word which of its contacts is wrong. */
  readonly refuses?: readonly string[];
  /** Answers 401 "unrecognised IP address" to everything, as the account's IP allow-list does. */
  readonly refuseIp?: boolean;
  /** Offset of the account's timezone in minutes, which dates are returned in. Default 120. */
  readonly utcOffset?: number;
}

/** One SendGrid account. */
export interface SendgridAccount {
  readonly vendor: "sendgrid";
  readonly key: string;
  /** `user_id`; also the name for `Sandbox.sendgrid(id)`. Default 1001. */
  readonly id?: number;
  readonly username?: string;
  /** What the key may do; `GET /v3/scopes` answers them, and whatever else is asked for is refused with 403. */
  readonly scopes?: readonly string[];
  /** `user_id` of the account whose keys may act for this one, naming its `username` in `on-behalf-of`. */
  readonly parent?: number;
  /** Addresses that make a request be refused as a whole, without a word which of its contacts is wrong. */
  readonly refuses?: readonly string[];
  /** Contacts the plan allows; rows beyond it end as errors of their job. */
  readonly contactLimit?: number;
}

export type SandboxAccount = BrevoAccount | SendgridAccount;

/** How long asynchronous work takes, in milliseconds. */
export interface Delays {
  /** From the acceptance of a job until it is finished. */
  readonly jobMs: number;
  /** SendGrid only: from a finished job until reads show its effect. */
  readonly visibleMs: number;
  /** SendGrid only: how long a new custom field is refused, with the switch `sendgridNewFieldUnusable`. Default 500. */
  readonly fieldMs?: number;
}

/** Other numbers than the vendors', and other headers: what a stingy account or a gateway in between might do. */
export interface CustomLimits {
  /** Brevo: everything below `/contacts`. */
  readonly contactsPerSecond?: number;
  /** Brevo: everything else. */
  readonly otherPerHour?: number;
  /** SendGrid: every endpoint. */
  readonly perMinute?: number;
  /** How the reset is told; `none`: no header of the limit at all; `negative`, `huge` (10^9) and `past`: nonsense. */
  readonly reset?: ResetForm;
}

export interface SandboxOptions {
  /** 0 takes any free port (default). */
  readonly port?: number;
  /** Default: a Brevo account with the key `sandbox-brevo-key` and a SendGrid account with the key `SG.sandbox-key`. */
  readonly accounts?: readonly SandboxAccount[];
  /** How everything behaves that the vendors do not document. Default `documented`. */
  readonly behaviour?: "documented" | "pessimistic";
  /** Single switches on top of `behaviour`. */
  readonly switches?: Partial<Switches>;
  /** `vendor`: the vendors' real numbers and headers (default). */
  readonly limits?: "vendor" | "none" | CustomLimits;
  /** Default: jobs take 150 ms and are visible at once. `none` carries everything out before it answers. */
  readonly delays?: "none" | Delays;
  readonly faults?: readonly Fault[];
  /** Keeps what the accounts hold in this folder across restarts. */
  readonly stateFolder?: string;
  /** Told every request with its answer. */
  readonly onExchange?: (exchange: Exchange) => void;
  /** Epoch milliseconds; for tests of limits and times. Default the machine's clock. */
  readonly clock?: () => number;
}

export const DEFAULT_DELAYS: Delays = { jobMs: 150, visibleMs: 0 };

export const DEFAULT_ACCOUNTS: readonly SandboxAccount[] = [
  { vendor: "brevo", key: "sandbox-brevo-key" },
  { vendor: "sendgrid", key: "SG.sandbox-key" },
];
