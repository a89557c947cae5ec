import { createHmac } from "node:crypto";
import { Failure } from "../../model/failure.js";
import { postJson } from "../../platform/http/post.js";
import type { Secrets } from "../../platform/secrets/secret.js";
import { secretOf, type NotifierPlugin, type OpenNotifier } from "../../plugin/notifier.js";
import type { WebhookOptions } from "./options.js";
import { payloadOf } from "./payload.js";

const PREFIX = "whsec_";

/** JSON as `schemas/notice.schema.json` says, signed as Standard Webhooks 1.0 says (symmetric, `v1`). */
export const webhook = {
  open({ url }: WebhookOptions, secrets: Secrets, name: string): OpenNotifier {
    const address = url ?? secretOf(secrets, "url");
    const key = signingKey(secretOf(secrets, "signingSecret"), name);
    return {
      send: async (notice, signal) => {
        const body = JSON.stringify(payloadOf(notice));
        // The time of the try, so that an old request cannot be played again.
        const timestamp = String(Math.floor(Date.now() / 1000));
        const signature = createHmac("sha256", key).update(`${notice.id}.${timestamp}.${body}`);
        const headers = {
          "webhook-id": notice.id,
          "webhook-timestamp": timestamp,
          "webhook-signature": `v1,${signature.digest("base64")}`,
        };
        return `answered with ${await postJson({ url: address, headers, body }, signal)}`;
      },
    };
  },
} satisfies NotifierPlugin;

function signingKey(secret: string, name: string): Buffer {
  const encoded = secret.startsWith(PREFIX) ? secret.slice(PREFIX.length) : undefined;
  const key = Buffer.from(encoded ?? "", "base64");
  const whole = encoded !== undefined && key.toString("base64") === encoded;
  if (whole && key.length >= 24 && key.length <= 64) return key;
  throw new Failure("invalid", `The signing secret of notifier "${name}" is not one.`, {
    hint: `It is ${PREFIX} and 24 to 64 bytes in base64. Make one with \`echo "${PREFIX}$(openssl rand -base64 32)"\`.`,
  });
}
