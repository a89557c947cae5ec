import type {
  NotifierFault,
  NotifierManifest,
  NotifierOptions,
} from "../../model/manifests/notifier-manifest.js";
import type { SmtpOptions } from "./options.js";

export const manifest: NotifierManifest = {
  type: "smtp",
  description: "E-mail over SMTP.",
  options: {
    required: ["host", "from", "to"],
    properties: {
      host: {
        type: "string",
        pattern: "^[A-Za-z0-9.:-]+$",
        patternErrorMessage: "a host is a name or an IP address, without a port",
        description: "The mail server.",
        examples: ["smtp.example.com"],
      },
      port: {
        type: "integer",
        minimum: 1,
        maximum: 65535,
        description: "Its port. By default 587 with `starttls`, 465 with `tls`, 25 with `none`.",
        examples: [587],
      },
      security: {
        enum: ["starttls", "tls", "none"],
        default: "starttls",
        description:
          "How the connection is encrypted: by a STARTTLS that must succeed, from its first byte, or not at all, which is only allowed to this machine.",
      },
      user: { type: "string", minLength: 1, description: "Name to sign in with.", examples: ["rollcall"] },
      password: {
        $ref: "#/$defs/secret",
        description: "Where the password is.",
        examples: [{ env: "SMTP_PASSWORD" }],
        markdownDescription: "Where the password is.",
      },
      from: {
        type: "string",
        pattern: '^[^\\s@<>()\\[\\],;:"\\\\]+@[^\\s@<>()\\[\\],;:"\\\\]+$',
        patternErrorMessage: "an address is written as name@host and nothing else",
        description: "Address that notices come from.",
        examples: ["rollcall@example.com"],
      },
      to: {
        type: "array",
        items: {
          type: "string",
          pattern: '^[^\\s@<>()\\[\\],;:"\\\\]+@[^\\s@<>()\\[\\],;:"\\\\]+$',
          patternErrorMessage: "an address is written as name@host and nothing else",
          description: "An address.",
        },
        minItems: 1,
        uniqueItems: true,
        description: "Addresses that notices go to.",
        examples: [["marketing-ops@example.com"]],
      },
    },
    dependentRequired: { user: ["password"], password: ["user"] },
  },
  secretKeys: ["password"],
  optionsOf,
  optionFault,
  starter: "{type: smtp, host: smtp.example.com, from: rollcall@example.com, to: [ops@example.com]}",
};

const PORTS = { starttls: 587, tls: 465, none: 25 } as const;

function optionsOf({ host, port, security, user, from, to }: Partial<SmtpOptions>): NotifierOptions {
  const way = security ?? "starttls";
  return { host, port: port ?? PORTS[way], security: way, user, from, to };
}

function optionFault(
  { host, security }: SmtpOptions,
  isThisMachine: (host: string) => boolean,
): NotifierFault | undefined {
  if (security !== "none" || isThisMachine(host)) return undefined;
  return {
    key: "security",
    message: `E-mail to \`${host}\` would not be encrypted.`,
    hint: "Use `starttls` or `tls`; `none` is only allowed to this machine (127.0.0.1, localhost).",
  };
}
