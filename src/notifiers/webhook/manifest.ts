import type { NotifierFault, NotifierManifest } from "../../model/manifests/notifier-manifest.js";
import type { WebhookOptions } from "./options.js";

export const manifest: NotifierManifest = {
  type: "webhook",
  description: "An HTTP endpoint that takes signed JSON, as Standard Webhooks says.",
  options: {
    required: ["url", "signingSecret"],
    properties: {
      url: {
        anyOf: [{ type: "string", minLength: 1, description: "The address." }, { $ref: "#/$defs/secret" }],
        description:
          "The address, https or to this machine; a reference where the address itself is a secret.",
        examples: ["https://hooks.example.com/rollcall"],
      },
      signingSecret: {
        $ref: "#/$defs/secret",
        description: "Where the key of the signature is: `whsec_` and 24 to 64 bytes in base64.",
        examples: [{ env: "ROLLCALL_WEBHOOK_SECRET" }],
        markdownDescription: "Where the key of the signature is: `whsec_` and 24 to 64 bytes in base64.",
      },
    },
  },
  secretKeys: ["url", "signingSecret"],
  optionsOf: ({ url }): WebhookOptions => (typeof url === "string" ? { url } : {}),
  optionFault: ({ url }: WebhookOptions, isThisMachine) =>
    url === undefined ? undefined : urlFault(url, isThisMachine),
  starter:
    '{type: webhook, url: "https://hooks.example.com/rollcall", signingSecret: {env: ROLLCALL_WEBHOOK_SECRET}}',
};

function urlFault(text: string, isThisMachine: (host: string) => boolean): NotifierFault | undefined {
  const fault = (message: string, hint: string): NotifierFault => ({ key: "url", message, hint });
  if (!URL.canParse(text))
    return fault("`url` is not an address.", "Such as https://hooks.example.com/rollcall.");
  const { protocol, hostname, username, password, search, hash } = new URL(text);
  if (protocol !== "https:" && !(protocol === "http:" && isThisMachine(hostname)))
    return fault(
      "`url` is not encrypted.",
      "It has to start with https://; plain http is only allowed to this machine (127.0.0.1, localhost).",
    );
  if (username !== "" || password !== "" || search !== "" || hash !== "")
    return fault(
      "`url` holds a password, a query or a fragment.",
      "If that is a secret, write where the whole address is: `url: {env: NAME}`.",
    );
  return undefined;
}
